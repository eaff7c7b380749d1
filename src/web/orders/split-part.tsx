import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { ask } from '../house/house.ts'
import { ForeseenLine, useForeseen } from '../seat/foreseen.tsx'
import { KindField } from '../seat/kind-field.tsx'
import { both } from './act.ts'

/** What a matter may be, from its words, and the kind that is taken; a dispatcher says it where none is. */
export function PartKind({
  code,
  take,
  matter,
  district,
}: {
  readonly code: string
  readonly take: (code: string) => void
  readonly matter: string
  readonly district: string | undefined
}) {
  const suggested = useSuggested(matter, district)
  return (
    <>
      {suggested.length > 0 && (
        <span className="templates">
          {suggested.map(({ object, unit, kinds: [kind] }) =>
            kind === undefined ? null : (
              <Button
                key={kind.code}
                className="button small"
                aria-pressed={kind.code === code}
                onPress={() => take(kind.code)}
              >
                {[`${object}·${kind.name}`, unit?.name].filter(Boolean).join(' · ')}
              </Button>
            ),
          )}
        </span>
      )}
      <KindField code={code} name={undefined} onTaken={take} isNeeded={false} />
    </>
  )
}

/** Whose it would be, and until when. */
export function PartForeseen({
  kind,
  unit,
  district,
  street,
}: {
  readonly kind: string
  readonly unit: string
  readonly district: string | undefined
  readonly street: string | undefined
}) {
  const asked = useForeseen({ kind, district, street }, undefined)
  if (kind === '')
    return (
      <p className="quiet">
        {both('事项不填，由派单员确定。', 'Without a kind, a dispatcher says whose it is.')}
      </p>
    )
  if (unit !== '') return null
  return <ForeseenLine asked={asked} isToldAll />
}

/** So many characters say something. */
const shortest = 4
const pauseMs = 400

function useSuggested(matter: string, district: string | undefined) {
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setText(matter.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [matter])
  const { data } = useQuery({
    queryKey: ['suggested', text, district],
    queryFn: ({ signal }) => ask('POST /api/suggestions', { body: { text, district } }, signal),
    enabled: text.length >= shortest,
    // The form works without.
    retry: false,
    placeholderData: before => before,
  })
  return text.length < shortest ? [] : (data?.found ?? [])
}
