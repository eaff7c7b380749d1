/** What a page of orders is told over the socket at /orders/live; it asks for what it wants to know. It says nothing itself. */
export type ToOrderPage = {
  /** Numbers of orders that changed since it was last told; none when the house only says that it is there. */
  readonly changed: readonly string[]
}
