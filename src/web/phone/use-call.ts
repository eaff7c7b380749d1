import { useEffect, useRef, useState } from 'react'
import { openTelephone, type Telephone, type Told } from '../sound/telephone.ts'

export type CallState = 'idle' | 'asking' | 'ringing' | 'talking' | 'over' | 'lost' | 'full'

/** One call after the other from this page; the microphone is asked for only as one rings. */
export function useCall(number: string) {
  const [state, setState] = useState<CallState>('idle')
  const [trouble, setTrouble] = useState<'refused' | 'lost-microphone'>()
  const [captions, setCaptions] = useState<string>()
  const [level, setLevel] = useState(0)
  const [isMuted, setMuted] = useState(false)
  const telephone = useRef<Telephone>(undefined)
  useEffect(() => () => telephone.current?.hangUp(), [])

  const onTold = (told: Told) => {
    if (told.kind === 'answered') {
      setCaptions(told.captions)
      setState('talking')
    } else if (told.kind === 'ended') setState(told.reason === 'full' ? 'full' : 'over')
    else if (told.kind === 'closed') {
      telephone.current = undefined
      setLevel(0)
      setState(now => (now === 'talking' ? 'lost' : now === 'asking' || now === 'ringing' ? 'full' : now))
    }
  }
  return {
    state,
    trouble,
    captions,
    level,
    isMuted,
    isUp: state === 'talking' || state === 'ringing',
    async ring() {
      setTrouble(undefined)
      setCaptions(undefined)
      setMuted(false)
      setState('asking')
      try {
        const opened = await openTelephone('/phone/line', {
          onTold,
          onLevel: setLevel,
          onMicrophoneLost: () => setTrouble('lost-microphone'),
        })
        telephone.current = opened
        if (!opened.hasMicrophone) setTrouble('refused')
        setState(now => (now === 'asking' ? 'ringing' : now))
        opened.ring(number)
      } catch {
        // A house that is full has said so by closing.
        setState(now => (now === 'full' ? now : 'lost'))
      }
    },
    press: (key: string) => telephone.current?.press(key),
    mute(on: boolean) {
      telephone.current?.mute(on)
      setMuted(on)
    },
    hangUp() {
      setState('over')
      telephone.current?.hangUp()
    },
  }
}
