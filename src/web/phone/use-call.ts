import { useEffect, useRef, useState } from 'react'
import { language } from '../language.ts'
import { closedAsOver } from '../live-socket.ts'
import { openTelephone, replaced, type Telephone, type TelephoneTold } from '../sound/telephone.ts'
import { useRetry } from '../sound/use-retry.ts'
import { keepCall, keptCall, markLeaving } from './kept-call.ts'

export type PhoneState = 'idle' | 'asking' | 'ringing' | 'talking' | 'returning' | 'over' | 'lost' | 'full'

/** One call after the other from this page; the microphone is asked for only as one rings. */
export function useCall(number: string) {
  const [state, setState] = useState<PhoneState>('idle')
  const [trouble, setTrouble] = useState<'refused' | 'lost-microphone' | 'soundless'>()
  const [captions, setCaptions] = useState<string>()
  const [level, setLevel] = useState(0)
  const [isMuted, setMuted] = useState(false)
  const [isAsleep, setAsleep] = useState(false)
  /** What brings this page into the call that it has, or had before it was loaded anew. */
  const [key, setKey] = useState(keptCall)
  const telephone = useRef<Telephone>(undefined)
  const latestKey = useRef(key)
  const latestMuted = useRef(false)
  const retry = useRetry()
  /** Which call of this page it is: who hangs up before the microphone is allowed does not ring afterwards. */
  const rings = useRef(0)
  /** A person was asked for while there was no way to say so. */
  const wantsPerson = useRef(false)
  useEffect(() => {
    // Whoever goes away in a call may come back to it: leaving is no hanging up.
    addEventListener('pagehide', markLeaving)
    return () => {
      removeEventListener('pagehide', markLeaving)
      telephone.current?.hangUp()
    }
  }, [])

  const keep = (now: string | undefined) => {
    latestKey.current = now
    setKey(now)
    keepCall(now)
  }
  const mute = (on: boolean) => {
    latestMuted.current = on
    telephone.current?.mute(on)
    setMuted(on)
  }
  const onTold = (told: TelephoneTold) => {
    if (told.kind === 'answered') {
      retry.went()
      keep(told.key)
      setCaptions(told.captions)
      setState('talking')
      if (wantsPerson.current) telephone.current?.press('0')
      wantsPerson.current = false
    } else if (told.kind === 'ended') {
      keep(undefined)
      setState(told.reason === 'full' ? 'full' : 'over')
    } else if (told.kind === 'closed') {
      telephone.current = undefined
      setLevel(0)
      const isOver = told.code === closedAsOver
      // The same call on another page stays there: two pages would take it from each other for ever.
      const isHere = latestKey.current !== undefined && told.code !== replaced && !isOver
      const canReturn = isHere && retry.again(() => void resume())
      if (!canReturn) keep(undefined)
      setState(now => {
        if (now === 'talking' || now === 'returning')
          return canReturn ? 'returning' : isOver ? 'over' : 'lost'
        return now === 'asking' || now === 'ringing' ? 'full' : now
      })
    }
  }
  /** @returns undefined when it is no longer wanted */
  const open = async () => {
    const mine = rings.current
    const isWanted = () => mine === rings.current
    const opened = await openTelephone('/phone/line', {
      onTold: told => isWanted() && onTold(told),
      onLevel: loud => isWanted() && setLevel(loud),
      onMicrophoneLost: () => isWanted() && setTrouble('lost-microphone'),
      onAsleep: is => isWanted() && setAsleep(is),
    })
    if (!isWanted()) return void opened.hangUp()
    telephone.current = opened
    if (!opened.hasSound) setTrouble('soundless')
    else if (!opened.hasMicrophone) setTrouble('refused')
    opened.mute(latestMuted.current)
    return opened
  }
  /** Back into the call, after the network was lost or the page was loaded anew. */
  const resume = async () => {
    setTrouble(undefined)
    setState('returning')
    try {
      const opened = await open()
      if (latestKey.current !== undefined) opened?.resume(latestKey.current)
    } catch {
      // It has been told that it was closed, and tries again.
    }
  }
  const isUp = state === 'talking' || state === 'ringing'
  /** The page was loaded anew within a call, which waits for it. */
  const isAwaited = state === 'idle' && key !== undefined
  return {
    state,
    trouble,
    captions,
    level,
    isMuted,
    isUp,
    isAwaited,
    /** The system has stopped the page's sound within its call. */
    isAsleep: isAsleep && isUp,
    wake: () => telephone.current?.wake(),
    resume,
    async ring() {
      keep(undefined)
      wantsPerson.current = false
      setTrouble(undefined)
      setAsleep(false)
      setCaptions(undefined)
      mute(false)
      setState('asking')
      const mine = ++rings.current
      try {
        const opened = await open()
        if (!opened) return
        setState(now => (now === 'asking' ? 'ringing' : now))
        opened.ring(number, language)
      } catch {
        // A house that is full has said so by closing.
        if (mine === rings.current) setState(now => (now === 'full' ? now : 'lost'))
      }
    },
    press: (key: string) => telephone.current?.press(key),
    /** A person, also from a page that is not back in its call yet. */
    person() {
      if (isUp) return telephone.current?.press('0')
      wantsPerson.current = true
      if (isAwaited) void resume()
    },
    mute,
    hangUp() {
      retry.stop()
      rings.current++
      keep(undefined)
      setState('over')
      setLevel(0)
      telephone.current?.hangUp()
      telephone.current = undefined
    },
  }
}
