/** What whoever uses a flow has to find in it, so that nothing a caller answers is lost. */
export type FlowNeed = {
  /** Collected in every call that ends as it was meant to, by name: all that each may be, and nothing else. */
  readonly answers: Readonly<Record<string, readonly string[]>>
  /** Collected somewhere, for those who choose it: that they want no more of these calls. */
  readonly offers?: Readonly<Record<string, readonly string[]>>
  /** The recordings that anyone listens to; under another name it would be lost. Any, when absent. */
  readonly recordings?: readonly string[]
  /** A call that ends with one of these texts sent, by template, has the answers to come. */
  readonly instead?: readonly string[]
}

/** By the name of the flow that the calls begin in. */
export type FlowNeeds = Readonly<Record<string, FlowNeed>>
