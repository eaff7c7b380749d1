/** What a room that uses a flow needs to find in it, so that no answer of a caller is lost. */
export type FlowNeed = {
  /** Values that every complete call collects, by name, each with exactly the values that it may take. */
  readonly answers: Readonly<Record<string, readonly string[]>>
  /** Values that some path must collect for callers who choose it, such as wanting no more of these calls. */
  readonly offers?: Readonly<Record<string, readonly string[]>>
  /** The names of recordings that somebody listens to; others would be lost. Any name when absent. */
  readonly recordings?: readonly string[]
  /** Templates of SMS: a call that ends with one of them sent gets its answers later. */
  readonly instead?: readonly string[]
}

/** Needs by the name of the flow in which calls begin. */
export type FlowNeeds = Readonly<Record<string, FlowNeed>>
