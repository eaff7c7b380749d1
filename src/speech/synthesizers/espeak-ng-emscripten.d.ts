/** The part of the package that we use; it has no types of its own and may be absent. */
declare module '@echogarden/espeak-ng-emscripten' {
  type Speaker = {
    get_samplerate(): number
    set_rate(wordsPerMinute: number): void
    /** Returns 0 if there is such a voice. */
    set_voice(name: string): number
    /**
     * Hands over 16 bit samples in pieces. If `hear` returns true, it stops.
     * @param text its address in the engine's memory, as zero-terminated UTF-8
     */
    synthesize(text: number, hear: (samples: Int16Array) => boolean): void
  }
  /** @param options `getPreloadedPackage` returns the contents of espeak-ng.data, which is otherwise read from disk */
  export default function load(options: { getPreloadedPackage(): ArrayBufferLike }): Promise<{
    readonly eSpeakNGWorker: new () => Speaker
    /** The engine's memory; replaced by another array when it grows. */
    readonly HEAPU8: Uint8Array
    _malloc(bytes: number): number
  }>
}
