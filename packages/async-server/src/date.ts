let second = 0;
let text = "";

/** The Date field's value (RFC 9110 §6.6.1, §5.6.7): one string per second, shared by all responses. */
export function currentHttpDate(): string {
  const now = Date.now();
  const nowSecond = Math.floor(now / 1000);
  if (nowSecond !== second) {
    second = nowSecond;
    text = new Date(now).toUTCString();
  }
  return text;
}
