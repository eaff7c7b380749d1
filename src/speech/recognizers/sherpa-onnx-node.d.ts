/** The part of sherpa-onnx-node that we use; the package documents its types in comments only. */
declare module 'sherpa-onnx-node' {
  class OnlineStream {
    acceptWaveform(sound: { readonly samples: Float32Array; readonly sampleRate: number }): void
    inputFinished(): void
  }
  class OnlineRecognizer {
    /** Ends the process if the model is bad. */
    constructor(config: unknown)
    createStream(): OnlineStream
    isReady(stream: OnlineStream): boolean
    decodeStreams(streams: readonly OnlineStream[]): void
    isEndpoint(stream: OnlineStream): boolean
    reset(stream: OnlineStream): void
    getResult(stream: OnlineStream): {
      readonly text: string
      /** Seconds from `start_time`, one per token. */
      readonly timestamps: readonly number[]
      readonly start_time: number
      /** Log probabilities, one per token, for models that give them. */
      readonly ys_probs: readonly number[]
    }
  }
  const sherpa: { readonly OnlineRecognizer: typeof OnlineRecognizer }
  export default sherpa
  export type { OnlineRecognizer, OnlineStream }
}
