/**
 * A `Content-Disposition` field value (RFC 6266 §4.1) that names a file whatever its name: as quoted ASCII for those
 * who read no more, and where that says less than the name, as UTF-8 by RFC 8187 §3.2.
 *
 * @param type `inline` to show it, `attachment` to save it.
 * @param name One path segment.
 */
export function contentDisposition(type: "inline" | "attachment", name: string): string {
  // A backslash or a slash in it would be a path to the one who saves it; a control character is no field value.
  const safe = name.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f/\\\u202a-\u202e\u2066-\u2069]/g, "_");
  // A percent sign in the plain form is decoded by some and not by others (RFC 6266 §4.3 and appendix D).
  const plain = safe.replace(/[^ -~]|["%]/g, "_");
  const value = `${type}; filename="${plain}"`;
  return plain === safe ? value : `${value}; filename*=UTF-8''${encodeValue(safe)}`;
}

// attr-char (RFC 8187 §3.2.1) has three characters less than what encodeURIComponent leaves as they are.
function encodeValue(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
