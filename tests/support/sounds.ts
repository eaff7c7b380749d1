/** A tone of `hz`, `ms` long, at 8 kHz. */
export function tone(hz: number, ms: number, amplitude = 8000): Int16Array {
  return Int16Array.from({ length: ms * 8 }, (_, at) => amplitude * Math.sin((2 * Math.PI * hz * at) / 8000))
}

/** A sweep from `fromHz` to `toHz`, `ms` long: no part of it is like another. */
export function chirp(fromHz: number, toHz: number, ms: number, amplitude = 8000): Int16Array {
  const seconds = ms / 1000
  return Int16Array.from({ length: ms * 8 }, (_, at) => {
    const time = at / 8000
    return (
      amplitude * Math.sin(2 * Math.PI * (fromHz * time + ((toHz - fromHz) * time * time) / (2 * seconds)))
    )
  })
}

/** How alike the best stretch of `heard` is to `said`, 0 to 1 (normalized cross-correlation), and where it begins. */
export function find(said: Int16Array, heard: Int16Array): { likeness: number; at: number } {
  const norm = (samples: Int16Array, from: number) => {
    let sum = 0
    for (let at = 0; at < said.length; at++) sum += samples[from + at]! ** 2
    return Math.sqrt(sum)
  }
  const own = norm(said, 0)
  let best = { likeness: 0, at: -1 }
  for (let from = 0; from + said.length <= heard.length; from++) {
    let product = 0
    for (let at = 0; at < said.length; at++) product += said[at]! * heard[from + at]!
    const likeness = product / (own * norm(heard, from) || 1)
    if (likeness > best.likeness) best = { likeness, at: from }
  }
  return best
}
