import { useEffect, useRef, useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { words } from './callback-words.ts'

const speeds = [0.75, 1, 1.25, 1.5] as const

/** What somebody said after the tone, as fast as whoever listens likes. */
export function Message({
  callback,
  call,
  hasVoice,
  words: said,
}: {
  readonly callback: string
  readonly call: string
  /** false: silence or noise only. */
  readonly hasVoice: boolean | undefined
  /** What they say, where a recognizer listened. */
  readonly words: string | undefined
}) {
  const sound = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<number>(1)
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    if (sound.current) sound.current.playbackRate = speed
  }, [speed])
  const toggle = () => {
    if (isPlaying) sound.current?.pause()
    else sound.current?.play().catch(() => setLost(true))
  }
  return (
    <>
      {hasVoice === false && <p className="caution">{words.noVoice}</p>}
      <div className="row message">
        {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what a caller said after the tone */}
        <audio
          ref={sound}
          src={`/api/callbacks/${encodeURIComponent(callback)}/messages/${encodeURIComponent(call)}`}
          preload="none"
          onPlay={({ currentTarget }) => {
            currentTarget.playbackRate = speed
            setPlaying(true)
          }}
          onPause={() => setPlaying(false)}
          onEnded={() => setPlaying(false)}
          onError={() => setLost(true)}
        />
        <Button className="button" onPress={toggle}>
          {isPlaying ? words.pause : words.play}
        </Button>
        {speeds.map(one => (
          <ToggleButton
            key={one}
            className="button speed"
            aria-label={words.speed(one)}
            isSelected={speed === one}
            onChange={() => setSpeed(one)}
          >
            {`${one}×`}
          </ToggleButton>
        ))}
        {isLost && <p className="trouble">{words.noMessage}</p>}
      </div>
      {said !== undefined && (
        <blockquote className="said" aria-label={words.said}>
          {said}
        </blockquote>
      )}
    </>
  )
}
