import { useState } from 'react'
import { Button, DropZone, FileTrigger, Text } from 'react-aria-components'
import type { EvidencePiece, OrderAct, OrderDetail, OrderRulesShown } from '../../http/contract.ts'
import { words } from './words.ts'

type Props = {
  readonly detail: OrderDetail
  readonly rules: OrderRulesShown
  /** Whether this member's unit leads the order, and it is open. */
  readonly leads: boolean
  /** Whether this member can add to it: whoever leads, and the centre while somebody is to look at the place. */
  readonly adds: boolean
  readonly show: (files: readonly File[]) => Promise<readonly string[]>
  readonly act: (act: OrderAct) => Promise<string | undefined>
}

/** What shows what was done; whoever leads adds to it. */
export function Evidence({ detail, rules, leads, adds, show, act }: Props) {
  const { order, evidence } = detail
  if (evidence.length === 0 && !adds) return null
  const isNeeded = rules.categories.find(({ id }) => id === order.category)?.evidence
  return (
    <section className="card" aria-label={words.evidence}>
      <h3>{words.evidence}</h3>
      {evidence.length === 0 && (
        <p>
          {words.noEvidence}
          {isNeeded && ` · ${words.needsEvidence}`}
        </p>
      )}
      <ul className="pieces">
        {evidence.map(piece => (
          <li key={piece.hash}>
            <PieceView order={order.number} piece={piece} />
            {piece.asSent && <span className="quiet">{words.asSent}</span>}
            {piece.site !== undefined && <span className="quiet">{words.ofSite}</span>}
            {piece.given && piece.site === undefined && <span className="quiet">{words.given}</span>}
            {order.cycle > 1 && <span className="quiet">{words.round(piece.cycle)}</span>}
            {leads && piece.cycle === order.cycle && !piece.given && (
              <Button
                className="button"
                aria-label={words.takeBack(piece.name)}
                onPress={() => void act({ do: 'withdraw-evidence', hash: piece.hash })}
              >
                {words.takeBack('')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {adds && <Adding rules={rules} show={show} />}
    </section>
  )
}

function PieceView({
  order,
  piece: { hash, name, type },
}: {
  readonly order: string
  readonly piece: EvidencePiece
}) {
  const path = `/api/orders/${order}/evidence/${hash}`
  const kind = type.split('/')[0]
  return (
    <>
      <a href={path} target="_blank" rel="noreferrer">
        {kind === 'image' && <img src={path} alt="" loading="lazy" />}
        {name}
      </a>
      {kind === 'audio' && (
        // biome-ignore lint/a11y/useMediaCaption: nobody has written down what a unit recorded
        <audio controls preload="none" src={path} aria-label={name} />
      )}
    </>
  )
}

function Adding({ rules, show }: Pick<Props, 'rules' | 'show'>) {
  const { types, mostMegabytes } = rules.evidence
  const [sending, setSending] = useState(0)
  const [said, setSaid] = useState('')
  const [refused, setRefused] = useState<readonly string[]>([])
  const send = async (files: readonly File[]) => {
    if (files.length === 0) return
    setRefused([])
    setSaid('')
    setSending(files.length)
    // What is too big is not sent in vain; what it is, its bytes say over there.
    const why = await show(files)
    setSending(0)
    setRefused(why)
    if (why.length < files.length) setSaid(words.sent(files.length - why.length))
  }
  return (
    <DropZone
      className="drop"
      onDrop={({ items }) =>
        void Promise.all(items.flatMap(item => (item.kind === 'file' ? [item.getFile()] : []))).then(send)
      }
    >
      <FileTrigger
        allowsMultiple
        acceptedFileTypes={types}
        onSelect={list => void send(list ? [...list] : [])}
      >
        <Button className="button" isDisabled={sending > 0}>
          {words.chooseFiles}
        </Button>
      </FileTrigger>
      <Text slot="label">
        {words.dropFiles} · {words.limits(mostMegabytes)}
      </Text>
      <p role="status">{sending > 0 ? words.sending(sending) : said}</p>
      {refused.length > 0 && (
        <div className="trouble" role="alert">
          {refused.map(why => (
            <p key={why}>{why}</p>
          ))}
        </div>
      )}
    </DropZone>
  )
}
