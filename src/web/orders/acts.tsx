import { useState } from 'react'
import type { OrderAct, OrderDetail, OrderRulesShown } from '../../http/contract.ts'
import type { Act } from './act.ts'
import {
  add,
  answerQuestion,
  appoint,
  askPerson,
  decide,
  decideReturn,
  dispatch,
  look,
  merge,
  noteRing,
  part,
  reclassify,
  setConfidential,
  takeBack,
  tellState,
} from './centre-acts.ts'
import { OrderForm } from './form.tsx'
import { useOwnPeople } from './people.ts'
import { split } from './split.tsx'
import { answerInstruction, askSite, checkSite, endInstruction, instruct } from './supervising-acts.tsx'
import {
  answerHelp,
  askCitizen,
  askForTime,
  assign,
  close,
  endGrant,
  grant,
  report,
  reveal,
  sendOn,
  sign,
  support,
} from './unit-acts.ts'
import { useCity } from './use-city.ts'
import { words } from './words.ts'

type Offer = Act & { readonly offered: string }

/** The forms of all that the house lets this reader do now, and of those that are open, in the order in which they are wanted. */
function actsFor(
  detail: OrderDetail,
  rules: OrderRulesShown,
  call: string | undefined,
  open: readonly string[],
  people: readonly (readonly [string, string])[],
  districts: readonly string[],
): readonly Offer[] {
  const { order, may, mayInstruct, evidence, events } = detail
  const isShown = evidence.some(({ cycle }) => cycle === order.cycle)
  const forms: Readonly<Record<OrderDetail['may'][number], () => readonly Act[]>> = {
    dispatch: () => [dispatch(order, rules)],
    'take-back': () => [takeBack],
    look: () => [look],
    'ask-person': () => [askPerson],
    // What supervision wants answered comes before all that a unit does.
    'answer-instruction': () => [answerInstruction(evidence)],
    sign: () => [sign],
    assign: () => [assign(people, order.assignee)],
    return: () => [sendOn(rules, order)],
    'decide-return': () => [decideReturn(detail)],
    progress: () => [report(rules)],
    'ask-citizen': () => [askCitizen(rules)],
    'answer-question': () => [answerQuestion],
    'ask-extension': () => [askForTime(rules)],
    close: () => [close(order, rules, isShown)],
    support: () => [support],
    'answer-help': () => [answerHelp],
    grant: () => [grant(rules, order)],
    'end-grant': () => [endGrant(events, rules)],
    reveal: () => [reveal],
    'set-confidential': () => [setConfidential(!order.confidential)],
    add: () => [add(call)],
    'note-ring': () => [noteRing],
    appoint: () => [appoint(order)],
    reclassify: () => [reclassify(order, rules)],
    merge: () => [merge],
    part: () => [part],
    'tell-state': () => [tellState(call)],
    split: () => [split(order, districts)],
    // Beside the order that it looks like.
    'tell-apart': () => [],
    'decide-extension': () => [decide(true), decide(false)],
    // At /closings, beside what was read.
    'judge-closing': () => [],
    'check-site': () => [checkSite(evidence)],
    'ask-site': () => [askSite],
    instruct: () => [instruct(mayInstruct)],
    'end-instruction': () => [endInstruction],
    // A button beside each piece.
    'withdraw-evidence': () => [],
  }
  return Object.entries(forms)
    .filter(([offered]) => [...may, ...open].includes(offered))
    .flatMap(([offered, formsOf]) => formsOf().map(form => ({ ...form, offered })))
}

/**
 * Everything that can be done now: what needs no words is a button, the rest opens its form. One that is open stays until
 * it is closed or done: what somebody is writing does not go because a colleague was quicker.
 */
export function Acts({
  detail,
  rules,
  call,
  act,
}: {
  readonly detail: OrderDetail
  readonly rules: OrderRulesShown
  /** In which a seat looks at it. */
  readonly call: string | undefined
  readonly act: (act: OrderAct) => Promise<string | undefined>
}) {
  const [open, setOpen] = useState<readonly string[]>([])
  const keep = (offered: string, isOpen: boolean) =>
    setOpen(now => [...now.filter(one => one !== offered), ...(isOpen ? [offered] : [])])
  const districts = useCity()?.districts.map(({ name }) => name) ?? []
  const acts = actsFor(detail, rules, call, open, useOwnPeople(), districts)
  if (acts.length === 0) return null
  return (
    <section className="card acts" aria-label={words.acts}>
      <h3>{words.acts}</h3>
      {acts.map(({ name, offered, fields, of }) =>
        fields.length === 0 ? (
          <OrderForm key={name} fields={fields} submit={name} onGiven={given => act(of(given))} />
        ) : (
          <details key={name} onToggle={event => keep(offered, event.currentTarget.open)}>
            <summary>{name}</summary>
            <OrderForm
              fields={fields}
              submit={name}
              onGiven={async given => {
                const refused = await act(of(given))
                if (refused === undefined) keep(offered, false)
                return refused
              }}
            />
          </details>
        ),
      )}
    </section>
  )
}
