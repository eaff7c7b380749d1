/** How units and citizens of the simulation behave: shares, and hours from … to …. */
type Hours = readonly [from: number, to: number]

export type Behaviour = {
  readonly signs: Hours
  /** Share of orders that it sends on, as long as it may, and how soon. */
  readonly pushes: number
  readonly pushesIn: Hours
  /** From its signature to its closing, in shares of the limit. */
  readonly closes: readonly [from: number, to: number]
  readonly lengthens: number
  readonly informs: number
  readonly asksHelp: number
  readonly helpsIn: Hours
  readonly acknowledges: number
  /** What citizens say of what it closes. */
  readonly solved: number
  readonly contacted: number
}

const ordinary: Behaviour = {
  signs: [0.1, 1.5],
  pushes: 0.05,
  pushesIn: [0.2, 1.5],
  closes: [0.2, 0.8],
  lengthens: 0.1,
  informs: 0.7,
  asksHelp: 0.2,
  helpsIn: [1, 60],
  acknowledges: 0.8,
  solved: 0.8,
  contacted: 0.95,
}

export const liar = 'market'
export const behaviours: Readonly<Record<string, Behaviour>> = {
  labour: { ...ordinary, signs: [0.05, 0.2], closes: [0.05, 0.3], solved: 0.9, contacted: 1 },
  education: ordinary,
  health: ordinary,
  housing: {
    ...ordinary,
    signs: [3, 40],
    closes: [0.6, 2.4],
    lengthens: 0.4,
    informs: 0.2,
    acknowledges: 0.3,
    helpsIn: [20, 200],
  },
  transport: { ...ordinary, pushes: 0.9, pushesIn: [0.1, 20], signs: [1, 20], acknowledges: 0.5 },
  [liar]: {
    ...ordinary,
    signs: [0.05, 0.5],
    pushes: 0,
    closes: [0.02, 0.1],
    informs: 0.5,
    solved: 0.12,
    contacted: 0.5,
  },
}
export const units = Object.keys(behaviours)

/** Which matters they all have, each with its class of urgency. */
export const matters = [
  ['consumer-dispute', 'general'],
  ['property-management', 'general'],
  ['other', 'general'],
  ['power-supply', 'livelihood'],
  ['title-deed', 'complex'],
  ['gas-leak', 'urgent'],
] as const

/** The same numbers for the same seed (mulberry32). */
export function dice(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    happens: (share: number) => next() < share,
    between: ([from, to]: readonly [number, number]) => from + next() * (to - from),
    of: <One>(all: readonly One[]): One => all[Math.floor(next() * all.length)]!,
  }
}
