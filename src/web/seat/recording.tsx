import { useEffect, useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import type { SeatCommand, TalkView } from '../../http/contract.ts'
import { both } from '../../http/words/words.ts'
import { useKeys } from '../house/use-keys.ts'
import { say } from '../language.ts'

type Props = {
  readonly recording: NonNullable<TalkView['recording']>
  readonly order: (order: SeatCommand) => void
}

/** Whether the call is recorded, and the key that pauses it while the caller gives the number of a card. */
export function RecordingKey({ recording: { is, untilMs }, order }: Props) {
  const isPaused = is === 'paused'
  const mayPause = isPaused || is === 'recording'
  const seconds = useSecondsUntil(untilMs)
  const toggle = () => mayPause && order({ kind: 'pause-recording', isPaused: !isPaused })
  useKeys({ 'Shift+F8': toggle })
  return (
    <div className={isPaused ? 'recording paused' : 'recording'}>
      <p role="status">
        <strong>{say(words[is])}</strong>
      </p>
      {isPaused && seconds !== undefined && <span className="quiet">{say(words.goesOn(seconds))}</span>}
      {mayPause && (
        <ToggleButton
          className={({ isSelected }) => (isSelected ? 'button main' : 'button')}
          isSelected={isPaused}
          onChange={toggle}
          aria-keyshortcuts="Shift+F8"
        >
          {say(isPaused ? words.resume : words.pause)}
        </ToggleButton>
      )}
    </div>
  )
}

/** Told to the eye alone: a screen reader hears that it is paused, and that it goes on. */
function useSecondsUntil(untilMs: number | undefined): number | undefined {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (untilMs === undefined) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [untilMs])
  return untilMs === undefined ? undefined : Math.max(0, Math.ceil((untilMs - nowMs) / 1000))
}

const words = {
  announcing: both('正在告知来电人将要录音', 'The caller is being told of the recording'),
  recording: both('● 正在录音', '● Recording'),
  paused: both('‖ 录音已暂停', '‖ Recording is paused'),
  failed: both('这次通话没有录音，通话照常', 'This call is not recorded; it goes on as ever'),
  goesOn: (seconds: number) => both(`${seconds} 秒后自动继续`, `goes on by itself in ${seconds} s`),
  pause: both('暂停录音（报卡号、证件号时）', 'Pause recording (cards, identity numbers)'),
  resume: both('继续录音', 'Go on recording'),
}
