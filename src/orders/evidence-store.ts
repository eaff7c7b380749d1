/**
 * Storage for the bytes of evidence, by order and content. A folder ships (`evidence-stores/folder.ts`), for one
 * node or several with a shared file system. A city with an object store (S3, OSS, Ceph) implements these five
 * methods on it, with the order as prefix and the hash as key, encrypted and with the retention that its archive
 * law demands.
 */
export type EvidenceStore = {
  /**
   * Stores the bytes; the same content is stored once per order.
   * @returns SHA-256 in hexadecimal, and length
   * @throws whatever reading the bytes throws; nothing is then kept
   */
  keep(
    order: string,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly hash: string; readonly bytes: number }>
  /** @throws Fault `evidence-lost` if the file is missing */
  open(order: string, hash: string): Promise<AsyncIterable<Uint8Array>>
  /** Makes a file of one order available under another, too. @throws Fault `evidence-lost` if the file is missing */
  copy(from: string, to: string, hash: string): Promise<void>
  /** Does nothing if the file is missing. */
  drop(order: string, hash: string): Promise<void>
  /** Deletes all files of an order. */
  erase(order: string): Promise<void>
}
