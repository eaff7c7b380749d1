/** Looks up the status of an order, in this product or in the city's system. */
export type OrderStatus = {
  /**
   * @param order its number as a caller keys it: digits only
   * @returns the status by its name in flows, such as `handling`; undefined if the number is unknown
   * @throws Fault if the status cannot be found out
   */
  of(order: string, signal?: AbortSignal): Promise<string | undefined>
}
