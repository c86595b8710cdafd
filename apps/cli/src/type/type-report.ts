/** What would be sent as a file's `Content-Type`, and why. */
import { contentTypeOf, isCompressible, parseContentType, sniffContentType } from "@tinyhttp/content-type";

export interface TypeReport {
  readonly file: string;
  readonly contentType: string;
  /** `undefined` when the type says none: the format does it itself, or it is no text. */
  readonly charset: string | undefined;
  /** What told: the name's extension, or the first bytes. */
  readonly toldBy: "extension" | "content";
  readonly reason: string;
  /** Whether it is compressed for those who accept that. */
  readonly compressible: boolean;
  /** Codings in which it lies beside the original. */
  readonly precompressed: readonly string[];
}

export interface FileFacts {
  /** As it was typed. */
  readonly file: string;
  /** Called when the name says nothing. */
  readonly firstBytes: () => Uint8Array;
  readonly precompressed: readonly string[];
}

export function typeReport({ file, firstBytes, precompressed }: FileFacts): TypeReport {
  const byName = contentTypeOf(file);
  const contentType = byName ?? sniffContentType(firstBytes());
  return {
    file,
    contentType,
    charset: parseContentType(contentType).parameters.get("charset"),
    toldBy: byName === undefined ? "content" : "extension",
    reason: byName === undefined ? reasonOfContent(file, contentType) : `its extension is ${extensionOf(file)}`,
    compressible: isCompressible(contentType),
    precompressed,
  };
}

function reasonOfContent(file: string, contentType: string): string {
  const extension = extensionOf(file);
  const name = extension === undefined ? "it has no extension" : `${extension} means nothing, or several things`;
  return `${name}; its first bytes are ${contentType.startsWith("text/") ? "text" : "not text"}`;
}

/** With the dot; what is before it is not empty, so `.profile` has none. */
function extensionOf(file: string): string | undefined {
  return /[^/\\](\.[^./\\]+)$/.exec(file)?.[1];
}
