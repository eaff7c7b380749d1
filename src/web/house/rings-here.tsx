import { Button } from 'react-aria-components'
import { say } from '../language.ts'
import { useRingingAtSeat } from './ringing.ts'
import { useKeys } from './use-keys.ts'

/** Whoever works in another tab sees that their seat rings, and answers from here, by F4, too. */
export function RingsHere() {
  const { who, answer } = useRingingAtSeat()
  useKeys(who === undefined ? {} : { F4: answer })
  if (who === undefined) return null
  return (
    <div className="rings-here" role="alert">
      <strong>{say({ 'zh-CN': `来电振铃：${who}`, en: `Ringing at your seat: ${who}` })}</strong>
      <Button className="button main" onPress={answer} aria-keyshortcuts="F4">
        {say({ 'zh-CN': '接听（F4）', en: 'Answer (F4)' })}
      </Button>
    </div>
  )
}
