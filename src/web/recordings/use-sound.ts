import { useEffect, useRef, useState } from 'react'

export type Channels = 'both' | 'left' | 'right'
export const speeds = [0.75, 1, 1.25, 1.5] as const

type Graph = {
  readonly context: AudioContext
  readonly left: GainNode
  readonly right: GainNode
}

/** The sound of one recording, as the browser plays it: what is heard of it, how fast, and where it is. */
export function useSound(address: string, durationMs: number) {
  const element = useRef<HTMLAudioElement>(null)
  const graph = useRef<Graph>(undefined)
  const [isPlaying, setPlaying] = useState(false)
  const [atMs, setAt] = useState(0)
  const [speed, setSpeed] = useState(1)
  const [channels, setChannels] = useState<Channels>('both')
  const [isBroken, setBroken] = useState(false)

  // Where it is, as often as the screen is drawn, while it plays.
  useEffect(() => {
    if (!isPlaying) return
    let frame = 0
    const look = () => {
      setAt((element.current?.currentTime ?? 0) * 1000)
      frame = requestAnimationFrame(look)
    }
    frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [isPlaying])
  useEffect(() => {
    if (element.current) element.current.playbackRate = speed
  }, [speed])
  useEffect(() => {
    const gains = graph.current
    if (!gains) return
    gains.left.gain.value = channels === 'right' ? 0 : 1
    gains.right.gain.value = channels === 'left' ? 0 : 1
  }, [channels])
  useEffect(() => () => void graph.current?.context.close(), [])

  /** Each channel by its own weight, both of them on both ears: one who hears with one ear misses nobody. */
  const connect = () => {
    if (graph.current || !element.current) return
    const context = new AudioContext()
    const source = context.createMediaElementSource(element.current)
    const split = context.createChannelSplitter(2)
    const gain = (channel: number, isOn: boolean) => {
      const node = context.createGain()
      node.gain.value = isOn ? 1 : 0
      split.connect(node, channel)
      node.connect(context.destination)
      return node
    }
    source.connect(split)
    graph.current = { context, left: gain(0, channels !== 'right'), right: gain(1, channels !== 'left') }
  }
  const play = () => {
    connect()
    void graph.current?.context.resume()
    element.current?.play().catch(() => setBroken(true))
  }
  const seek = (ms: number) => {
    const to = Math.max(0, Math.min(durationMs, ms))
    if (element.current) element.current.currentTime = to / 1000
    setAt(to)
  }
  const toggle = () => (isPlaying ? element.current?.pause() : play())
  return {
    audio: {
      ref: element,
      src: address,
      // Whoever only looks at it has not heard it.
      preload: 'none' as const,
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onEnded: () => setPlaying(false),
      onError: () => setBroken(true),
    },
    isPlaying,
    isBroken,
    atMs,
    speed,
    channels,
    setSpeed,
    setChannels,
    toggle,
    seek,
    move: (ms: number) => seek((element.current?.currentTime ?? 0) * 1000 + ms),
  }
}
export type RecordedSound = ReturnType<typeof useSound>
