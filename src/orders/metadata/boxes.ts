/** The boxes in a sequence, as far as they can be parsed. */
export function* boxesIn(bytes: Buffer): Iterable<{ type: string; typeAt: number; body: Buffer }> {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at)
    const isLong = size === 1 && at + 16 <= bytes.length
    const whole = size === 0 ? bytes.length - at : isLong ? Number(bytes.readBigUInt64BE(at + 8)) : size
    const head = isLong ? 16 : 8
    if (whole < head || at + whole > bytes.length) return
    yield {
      type: bytes.toString('latin1', at + 4, at + 8),
      typeAt: at + 4,
      body: bytes.subarray(at + head, at + whole),
    }
    at += whole
  }
}
