/** Tells how orders stand: the orders of this house, or of the city's system. */
export type OrderStatus = {
  /**
   * @param order its number, as a caller keys it: digits alone.
   * @returns the status by its name in flows, such as `handling`; undefined when nobody knows the number.
   * @throws Fault when that cannot be found out.
   */
  of(order: string, signal?: AbortSignal): Promise<string | undefined>
}
