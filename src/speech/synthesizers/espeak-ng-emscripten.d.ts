/** What we use of the package, which has no types of its own and may be absent. */
declare module '@echogarden/espeak-ng-emscripten' {
  type Speaker = {
    get_samplerate(): number
    set_rate(wordsPerMinute: number): void
    /** 0 when there is such a voice. */
    set_voice(name: string): number
    /**
     * Hands over 16 bit samples in pieces; true from `hear` stops the rest.
     * @param text where it lies in the engine's memory, as UTF-8 with a 0 at its end.
     */
    synthesize(text: number, hear: (samples: Int16Array) => boolean): void
  }
  /** @param options `getPreloadedPackage` gives the contents of espeak-ng.data, which is read from disk otherwise. */
  export default function load(options: { getPreloadedPackage(): ArrayBufferLike }): Promise<{
    readonly eSpeakNGWorker: new () => Speaker
    /** All of the engine's memory: another array once that has grown. */
    readonly HEAPU8: Uint8Array
    _malloc(bytes: number): number
  }>
}
