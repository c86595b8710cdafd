/** FNV-1a of a text's UTF-16 code units, as a number of 32 bits with sign: V8 keeps that without memory of its own. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
