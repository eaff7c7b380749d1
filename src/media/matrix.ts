/**
 * Who hears whom, as a matrix of which every party holds its own row and column. A bridge of two is two rows of one; hold,
 * mute, whispering and listening leave places of it empty. Nothing here knows of sound: the worker mixes by it, the pool
 * keeps it for a worker that takes over, and the loopback line hands words on by it.
 */
export type Party<Self> = {
  /** The row: whom it hears, never itself. */
  hears: readonly Self[]
  /** The column: who hears it. */
  heardBy: readonly Self[]
}

/** From now on it hears these and nobody else. Who hears it is left as it was. */
export function hearOnly<One extends Party<One>>(party: One, whom: readonly One[]): void {
  for (const one of party.hears) one.heardBy = without(one.heardBy, party)
  party.hears = without([...new Set(whom)], party)
  for (const one of party.hears) one.heardBy = [...one.heardBy, party]
}

/** It hears nobody, and nobody hears it. */
export function hearNobody<One extends Party<One>>(party: One): void {
  hearOnly(party, [])
  for (const one of party.heardBy) hearOnly(one, without(one.hears, party))
}

/** The two hear each other, and nobody else is with either. */
export function hearEachOther<One extends Party<One>>(one: One, other: One): void {
  hearNobody(one)
  hearNobody(other)
  hearOnly(one, [other])
  hearOnly(other, [one])
}

function without<One>(all: readonly One[], one: One): readonly One[] {
  return all.filter(other => other !== one)
}
