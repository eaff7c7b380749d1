/** What is used of sherpa-onnx-node, which says its types in remarks only. */
declare module 'sherpa-onnx-node' {
  class OnlineStream {
    acceptWaveform(sound: { readonly samples: Float32Array; readonly sampleRate: number }): void
    inputFinished(): void
  }
  class OnlineRecognizer {
    /** Ends the process when it does not like the model. */
    constructor(config: unknown)
    createStream(): OnlineStream
    isReady(stream: OnlineStream): boolean
    decodeStreams(streams: readonly OnlineStream[]): void
    isEndpoint(stream: OnlineStream): boolean
    reset(stream: OnlineStream): void
    getResult(stream: OnlineStream): {
      readonly text: string
      /** Seconds from `start_time`, one a token. */
      readonly timestamps: readonly number[]
      readonly start_time: number
      /** Logarithms, one a token, of the models that tell them. */
      readonly ys_probs: readonly number[]
    }
  }
  const sherpa: { readonly OnlineRecognizer: typeof OnlineRecognizer }
  export default sherpa
  export type { OnlineRecognizer, OnlineStream }
}
