/**
 * Where the bytes of evidence lie, by order and content. What ships is a folder (`evidence-stores/folder.ts`), for one
 * node, or for several that share a file system. A city with an object store (S3, OSS, Ceph) puts it behind these five,
 * with the order as prefix and the hash as key, encrypted and with the retention that its archive law asks for.
 */
export type EvidenceStore = {
  /**
   * Keeps what it is given; the same content of an order is kept once.
   * @returns its SHA-256 in hexadecimal, and its length
   * @throws whatever the bytes throw, and has kept nothing then
   */
  keep(
    order: string,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly hash: string; readonly bytes: number }>
  /** @throws Fault `evidence-lost` where nothing lies */
  open(order: string, hash: string): Promise<AsyncIterable<Uint8Array>>
  /** What lies with one lies with the other, too, from then on. @throws Fault `evidence-lost` where nothing lies */
  copy(from: string, to: string, hash: string): Promise<void>
  /** Does nothing where nothing lies. */
  drop(order: string, hash: string): Promise<void>
  /** Everything of this order. */
  erase(order: string): Promise<void>
}
