/** Why servers read the same bytes differently: one entry per kind of difference, written by hand. */
export interface DifferenceGroup {
  readonly title: string;
  /** Ids of vectors; the first group that matches one explains it. */
  readonly ids: RegExp;
  readonly reason: string;
  /** The rule that asks us to accept what two or more peers refuse. */
  readonly rule?: string;
}

const REQUEST_LINE: readonly DifferenceGroup[] = [
  {
    title: "CONNECT",
    ids: /^(?:target-authority-(?:connect|v6)|target-connect-|other-connect-)/,
    reason:
      "A server that is no proxy may refuse every CONNECT, in any words. Ours reads its authority form strictly first: a host and a port from 1 to 65535, nothing else.",
  },
  {
    title: "Methods",
    ids: /^(?:method-(?:custom-token|case-kept|trace)|other-method-h)$/,
    reason:
      "Some servers know a list of methods and call the rest malformed. A method is any token, and case counts; whether one is served is for the handler to say (405 with `Allow`).",
    rule: "RFC 9110 §9.1",
  },
  {
    title: "Characters of methods and of what stands between the words of a request line",
    ids: /^(?:method-(?:colon|delimiter|control)|separator-|space-before-line|line-(?:tab|bom|nul)-before|target-(?:space|tab)|limit-method|other-line-)/,
    reason:
      "RFC 9112 §3 permits splitting the line at any white space, and warns that other readers may split elsewhere. Exactly one SP, and token characters only, leave nothing to choose.",
  },
  {
    title: "Empty lines before a request line",
    ids: /^(?:empty-line|keep-empty-line|line-(?:lf|cr)-before$|limit-empty-lines)/,
    reason:
      "A few empty lines (CRLF, not a bare LF or CR) are skipped, since old clients send one after a body; an endless row of them is refused. Some peers refuse the first.",
    rule: "RFC 9112 §2.2",
  },
  {
    title: "Forms of the request target",
    ids: /^target-(?:asterisk|authority|relative|query-only|dot$|absolute-(?:bad-scheme|no-slashes|one-slash|bad-port|empty-host|userinfo))/,
    reason:
      "RFC 9112 §3.2 has four forms, each for its methods. A target that is none of them means whatever a reader makes of it; userinfo and an empty host are to be taken for errors (RFC 9110 §4.2.1, §4.2.4).",
  },
  {
    title: "Absolute form without a path",
    ids: /^(?:target-absolute-(?:no-path|query|options)|other-target-port-query)$/,
    reason: "The path of an http URI may be empty, and a query may follow the authority directly (RFC 3986 §3.3).",
    rule: "RFC 9112 §3.2.2",
  },
  {
    title: "Absolute form against Host",
    ids: /^target-absolute-(?:host|port)-mismatch$/,
    reason:
      "The RFC lets the target win over Host. What stands in front of us may have routed or filtered by Host, so a request that names two authorities is refused.",
  },
  {
    title: "Fragments",
    ids: /^target-(?:absolute-)?fragment$/,
    reason: "A fragment is never sent (RFC 9110 §7.1); readers differ in whether it ends the path.",
  },
  {
    title: "Bytes of the request target",
    ids: /^(?:target-(?:high-byte|utf-8|del|control|nul|cr)|other-target-\d+-then-high-byte)/,
    reason: "A target is ASCII (RFC 3986); what a byte above it means depends on the reader's idea of an encoding.",
  },
  {
    title: "Paths that lead above the root or hold control characters",
    ids: /^target-(?:dot-segments|pct-control)$/,
    reason:
      "The request is well-formed and so it reaches the handler; the path is decoded and normalised when the handler asks for it, and then refused with 400. The handler of this run does not ask.",
    rule: "RFC 9112 §3.2.1",
  },
  {
    title: "Versions",
    ids: /^(?:version-|line-(?:http2|response)|other-line-version)/,
    reason:
      "Only HTTP/1.0 and HTTP/1.1, spelled so. Other major versions are refused with 505 (RFC 9110 §15.6.6); some peers read a higher one as 1.1, answer an HTTP/0.9 line without a status line, or take the preface of HTTP/2 for what it is.",
  },
];

const FIELDS: readonly DifferenceGroup[] = [
  {
    title: "Bare LF and bare CR as line ends",
    ids: /^(?:line-(?:lf-only|cr-only|cr-cr-lf)|target-(?:smuggled-line|lf)|value-(?:bare|lf|cr)|name-cr$|section-end-|te-chunk-(?:size-lf|data-(?:lf|too-short)|last-(?:lf|cr)|end-(?:lf|cr))|te-trailer-(?:end|line)-lf|te-trailer-bad-(?:value-[cl]|cr-)|te-(?:last-)?chunk-ext-(?:bare-[cl]|[cl][rf]-end|quoted-(?:lf|cr|crlf)$|smuggled)|te-control-(?:after-)?[cl][rf]|te-size-cr|other-lf-everywhere)/,
    reason:
      "RFC 9112 §2.2 permits a bare LF as a line end and forbids a bare CR; one reader's line end is another's data, which is how requests are smuggled past a proxy. Only CRLF ends a line.",
  },
  {
    title: "Line folding",
    ids: /^(?:fold-|cl-fold|te-fold|te-space-before-name|name-(?:space-before|only-space|only-tab|folded)|te-chunk-trailer-fold|te-trailer-bad-(?:fold|space-first|tab-first)|other-fold-)/,
    reason: "RFC 9112 §5.2: a server must refuse obs-fold or replace it by spaces. It is refused.",
  },
  {
    title: "Characters of field names and values",
    ids: /^(?:value-|name-|te-chunk-trailer-(?:nul|space-colon)|te-trailer-bad-|te-vt|te-control|te-nul-in-name|other-(?:value|name)-)/,
    reason:
      "A name is a token, directly followed by its colon; a value has no control character but HTAB (RFC 9110 §5.1, §5.5). nginx drops a line whose name it does not like and serves the rest; others pass control characters on. HAProxy 2.6 refuses a bad trailer name in some of its runs and not in others.",
  },
  {
    title: "Host: valid names that look odd",
    ids: /^(?:host-ok-|other-host-)/,
    reason:
      "Percent-encoding, digits alone, an underscore and an empty value are all within uri-host, and a request is to be refused for a missing, repeated or invalid Host only.",
    rule: "RFC 9112 §3.2 with RFC 3986 §3.2.2",
  },
  {
    title: "Host: missing, repeated or invalid",
    ids: /^host-/,
    reason:
      "400 by RFC 9112 §3.2, in HTTP/1.0 as well for the last two. Several peers only pass Host on and leave its grammar to others. A comma is within the grammar; it is also what two joined Host fields look like.",
  },
];

const FRAMING: readonly DifferenceGroup[] = [
  {
    title: "Content where a method gives it no meaning",
    ids: /^(?:cl-on-|te-on-|cl-absent-post)/,
    reason:
      "Content is framed by Content-Length and Transfer-Encoding whatever the method, and is read as such; a POST without either has none. Some peers refuse content with GET or HEAD, or want a length with POST (411).",
    rule: "RFC 9112 §6",
  },
  {
    title: "White space around Content-Length and Transfer-Encoding",
    ids: /^(?:cl|te)-ows-/,
    reason:
      "Optional white space is no part of a value, and a tab is white space. Two peers read the tab as part of it.",
    rule: "RFC 9112 §5 with RFC 9110 §5.5",
  },
  {
    title: "Content-Length and Transfer-Encoding together",
    ids: /^(?:te-with-cl|te-then-cl|te-cl-|te-1-0-cl|pipeline-two-then-te-cl)/,
    reason:
      "RFC 9112 §6.1 permits refusing or ignoring Content-Length. Ignoring it is what a smuggler counts on: it is refused, and nothing after it is answered.",
  },
  {
    title: "Transfer-Encoding in HTTP/1.0",
    ids: /^te-(?:http-1-0|1-0-)/,
    reason: "RFC 9112 §6.1: its framing is to be taken as faulty, even with a chunked coding.",
  },
  {
    title: "Transfer codings other than one chunked",
    ids: /^te-(?:two-|te-smuggled|gzip|chunked-|identity|deflate|leading-comma|trailing-comma|comma|empty)/,
    reason:
      "Exactly `chunked`, once, in one field. RFC 9112 §6.1 allows other codings before it, which no browser sends and we would have to undo, and RFC 9110 §5.6.1 allows empty list elements: both are places to hide a coding in.",
  },
  {
    title: "Content-Length: lists, repetition, empty values",
    ids: /^cl-(?:list|twice|triple|empty)/,
    reason: "RFC 9112 §6.3 permits taking equal values for one. They are refused, as different ones must be.",
  },
  {
    title: "Lengths beyond 2^53 and long rows of digits",
    ids: /^(?:cl-(?:beyond|20|400)|te-size-(?:17|16|2-|beyond|zeros|endless))/,
    reason:
      "What cannot be counted exactly is refused at once, with 413 or 400, where some peers wait for the content. At most 16 hexadecimal digits make a chunk size, leading zeros included.",
  },
];

const CHUNKS: readonly DifferenceGroup[] = [
  {
    title: "Chunk extensions: bad white space",
    ids: /^te-chunk-ext-bws-/,
    reason:
      "White space around `;` and `=` is to be parsed and removed. It does not touch the chunk size that precedes it, and white space that no extension follows is refused.",
    rule: 'RFC 9110 §5.6.3 ("a recipient MUST parse for such bad whitespace and remove it") with RFC 9112 §7.1.1',
  },
  {
    title: "Chunk extensions and trailers in Varnish",
    ids: /^(?:te-chunk-ext(?:-obs-text|-quoted-crlf-lookalike|-many)?|te-trailers|te-trailer-(?:announced|proto-names|field-syntax)|te-part-(?:ext|trailer)-?.*|keep-mixed)$/,
    reason: "This release of Varnish closes the connection at the first chunk extension or trailer of a request.",
  },
  {
    title: "Chunk extensions: grammar and length",
    ids: /^te-(?:last-)?chunk-ext-/,
    reason:
      "Most servers skip to the end of the line, and so disagree about where it is. Names and values are read by the grammar of RFC 9112 §7.1.1, within 256 bytes a chunk and 4096 a message (its §7.1.1 asks for a limit).",
  },
  {
    title: "Chunk sizes and chunk ends",
    ids: /^te-(?:size|chunk)-/,
    reason: "Hexadecimal digits, then CRLF or an extension; after the data, CRLF. No white space, sign or prefix.",
  },
  {
    title: "Fields that a trailer section must not hold",
    ids: /^te-trailer-forbids-/,
    reason:
      "RFC 9110 §6.5.1: a sender must not send framing or routing fields as trailers, a recipient may drop them. They are refused: who merges them into the head would be deceived.",
  },
  {
    title: "Limits",
    ids: /^(?:limit-|te-trailer-(?:many|long))/,
    reason: "Each server has its own; ours are 8 KiB a line, 16 KiB and 100 lines a field section, 32 trailers.",
  },
];

const CONNECTIONS: readonly DifferenceGroup[] = [
  {
    title: "Expectations other than 100-continue",
    ids: /^expect-/,
    reason: "RFC 9110 §10.1.1 permits 417, and an expectation that is not met should not be passed over.",
  },
  {
    title: "Persistence in HTTP/1.0",
    ids: /^keep-1-0-/,
    reason: "Keep-alive in HTTP/1.0 is an offer (RFC 9112 §9.3): it is taken here; some peers close.",
  },
  {
    title: "Upgrade",
    ids: /^(?:real-(?:h2c|websocket)|other-upgrade)/,
    reason: "Upgrade may be ignored (RFC 9110 §7.8), and is here; some peers change to HTTP/2 or close.",
  },
  {
    title: "A request after one that is refused",
    ids: /^pipeline-/,
    reason: "Nothing after a refused request is answered; the peers that do not refuse the first answer both.",
  },
];

const GROUPS: readonly DifferenceGroup[] = [...REQUEST_LINE, ...FIELDS, ...FRAMING, ...CHUNKS, ...CONNECTIONS];

/** The group that explains the vector `id`. */
export function groupOf(id: string): DifferenceGroup | undefined {
  return GROUPS.find(({ ids }) => ids.test(id));
}
