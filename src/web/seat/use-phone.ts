import { useEffect, useRef, useState } from 'react'
import { openTelephone, replaced, type Telephone, type TelephoneTold } from '../sound/telephone.ts'
import { useRetry } from '../sound/use-retry.ts'
import { createRinger, type Ringer } from './ringing.ts'

/** `unplugged`: a headset or microphone went away during the shift. `asleep`: the system has stopped the page's sound. */
export type PhoneTrouble = 'no-microphone' | 'unplugged' | 'asleep' | 'soundless' | 'lost' | 'replaced'

/** The seat's phone in this page: opened once, rung again and again. */
export function usePhone() {
  const [isOpen, setOpen] = useState(false)
  const [isRinging, setRinging] = useState(false)
  const [isUp, setUp] = useState(false)
  const [isMuted, setMuted] = useState(false)
  const [level, setLevel] = useState(0)
  const [trouble, setTrouble] = useState<PhoneTrouble>()
  const telephone = useRef<Telephone>(undefined)
  const ringer = useRef<Ringer>(undefined)
  const retry = useRetry()
  const hasCall = useRef(false)

  useEffect(
    () => () => {
      telephone.current?.hangUp()
      ringer.current?.close()
    },
    [],
  )
  useEffect(() => {
    if (isRinging) ringer.current?.start()
    else ringer.current?.stop()
  }, [isRinging])
  useDevicesGone(isOpen, () => setTrouble('unplugged'))

  const onTold = (told: TelephoneTold) => {
    setRinging(told.kind === 'rings')
    setUp(told.kind === 'answered')
    if (told.kind !== 'closed') hasCall.current = told.kind === 'answered'
    if (told.kind === 'answered') retry.went()
    if (told.kind === 'ended') setMuted(false)
    if (told.kind !== 'closed') return
    telephone.current = undefined
    setOpen(false)
    setLevel(0)
    setTrouble(told.code === replaced ? 'replaced' : 'lost')
    if (hasCall.current && told.code !== replaced) retry.again(() => void open())
  }
  const open = async (): Promise<boolean> => {
    if (telephone.current) return true
    setTrouble(undefined)
    ringer.current ??= createRinger()
    try {
      const opened = await openTelephone('/seat/phone', {
        onTold,
        onLevel: setLevel,
        onMicrophoneLost: () => setTrouble('unplugged'),
        onAsleep: is => setTrouble(now => (is ? (now ?? 'asleep') : now === 'asleep' ? undefined : now)),
      })
      // Nobody is put through to a seat that can neither hear nor speak.
      if (!opened.hasSound) {
        opened.hangUp()
        setTrouble('soundless')
        return false
      }
      telephone.current = opened
      setOpen(true)
      if (!opened.hasMicrophone) setTrouble('no-microphone')
      return opened.hasMicrophone
    } catch {
      setTrouble('lost')
      return false
    }
  }
  const listen = async (): Promise<boolean> => {
    try {
      await telephone.current?.listen()
      setTrouble(undefined)
      return true
    } catch {
      setTrouble('no-microphone')
      return false
    }
  }
  /** Callers would not hear whoever sits here. */
  const isDeaf = trouble === 'unplugged' || trouble === 'no-microphone'
  return {
    isOpen,
    isRinging,
    isUp,
    isMuted,
    level,
    trouble,
    /** Asks for the microphone, and can be rung from then on; a call that waits for this page goes on. */
    open,
    answer: () => telephone.current?.answer(),
    refuse: () => telephone.current?.refuse(),
    end: () => telephone.current?.end(),
    mute(on: boolean) {
      telephone.current?.mute(on)
      setMuted(on)
    },
    wake: () => telephone.current?.wake(),
    isDeaf,
    /** A microphone is there again. */
    listen,
    /** Whether calls can be taken here now; takes a microphone that is there again. */
    getReady: () => (telephone.current && isDeaf ? listen() : open()),
  }
}
export type Phone = ReturnType<typeof usePhone>

/** Tells when one of the devices that sound goes through is gone; the track of a microphone says so by itself, a headset's speaker does not. */
function useDevicesGone(isOpen: boolean, onGone: () => void): void {
  const told = useRef(onGone)
  told.current = onGone
  useEffect(() => {
    if (!isOpen) return
    const list = async () => {
      const devices = await navigator.mediaDevices.enumerateDevices()
      return new Set(
        devices
          .filter(({ kind }) => kind !== 'videoinput')
          .map(({ kind, deviceId }) => `${kind} ${deviceId}`),
      )
    }
    let known = list()
    const onChange = async () => {
      const before = await known
      known = list()
      const now = await known
      if ([...before].some(device => !now.has(device))) told.current()
    }
    navigator.mediaDevices.addEventListener('devicechange', onChange)
    return () => navigator.mediaDevices.removeEventListener('devicechange', onChange)
  }, [isOpen])
}
