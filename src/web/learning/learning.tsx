import './learning.css'
import { useState } from 'react'
import type { KindModelList } from '../../drafts/learning/api.ts'
import { cityTime } from '../city.ts'
import { Figures } from '../design/figures.tsx'
import { showPage } from '../design/page.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNames } from '../house/names.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { ModelFigures } from './model.tsx'
import { useLearning } from './use-learning.ts'
import { becauseWords, stateWords, words } from './words.ts'

/** Which model suggests kinds, what each night found, and the way back. */
function LearningPage() {
  const { list, trouble, use, isUsing } = useLearning()
  const [shown, show] = useState<number>()
  const [asked, askFor] = useState<number>()
  if (!list)
    return trouble === undefined ? (
      <p role="status">{words.asking}</p>
    ) : (
      <p className="trouble" role="alert">
        {trouble}
      </p>
    )
  const open = shown ?? list.models[0]?.version
  return (
    <div className="board learning">
      <Now list={list} />
      <Trouble text={trouble} />
      <section className="card wide" aria-labelledby="models">
        <h2 id="models">{words.models}</h2>
        {asked !== undefined && (
          <Sure
            version={asked}
            isUsing={isUsing}
            onYes={() => use(asked, { onSettled: () => askFor(undefined) })}
            onNo={() => askFor(undefined)}
          />
        )}
        <Models list={list} show={show} askFor={askFor} />
      </section>
      {open !== undefined && <ModelFigures version={open} />}
      <Uses uses={list.uses} />
    </div>
  )
}

function Now({ list: { inUse, trouble, next } }: { readonly list: KindModelList }) {
  return (
    <section className="card wide" aria-labelledby="now">
      <h2 id="now">{words.now(words.version(inUse?.version ?? 0))}</h2>
      {trouble !== undefined && (
        <p className="trouble" role="alert">
          {words.trouble(trouble)}
        </p>
      )}
      <p className="quiet">{words.what}</p>
      <Figures
        figures={[
          [words.nextNight, next.atMs === undefined ? words.off : cityTime(next.atMs)],
          [words.fresh, next.fresh],
          [words.held, words.needed(next.held, next.least)],
        ]}
      />
      {next.held < next.least && <p className="quiet">{words.few(next.least)}</p>}
    </section>
  )
}

type ModelsProps = {
  readonly list: KindModelList
  readonly show: (version: number) => void
  readonly askFor: (version: number) => void
}

function Models({ list: { models, inUse }, show, askFor }: ModelsProps) {
  const { head } = words
  const now = inUse?.version ?? 0
  const useOf = (version: number) =>
    version === now ? (
      words.inUse
    ) : (
      <button
        type="button"
        className="button"
        aria-label={words.useOf(words.version(version))}
        onClick={() => askFor(version)}
      >
        {words.use}
      </button>
    )
  const rows = models.map(({ version, madeAtMs, state, learnt, figures: { texts, before, after } }) => ({
    key: version,
    cells: [
      words.version(version),
      cityTime(madeAtMs),
      stateWords[state],
      learnt,
      texts,
      words.change(before.first, after.first, texts),
      words.change(before.firstThree, after.firstThree, texts),
      <span key="acts" className="acts">
        <button
          type="button"
          className="button"
          aria-label={words.show(words.version(version))}
          onClick={() => show(version)}
        >
          {words.figures}
        </button>
        {state === 'kept' && useOf(version)}
      </span>,
    ],
    marks: { 'data-in-use': version === now },
  }))
  const plain = {
    key: 0,
    cells: [
      words.catalogue,
      '',
      '',
      '',
      '',
      '',
      '',
      <span key="acts" className="acts">
        {useOf(0)}
      </span>,
    ],
    marks: { 'data-in-use': now === 0 },
  }
  return (
    <div className="models">
      {models.length === 0 && <p className="quiet">{words.none}</p>}
      <Table
        caption={words.models}
        head={[
          head.version,
          head.at,
          head.state,
          { figures: head.learnt },
          { figures: head.tried },
          { figures: head.first },
          { figures: head.three },
          head.act,
        ]}
        rows={[...rows, plain]}
        narrow="cards"
      />
    </div>
  )
}

type SureProps = {
  readonly version: number
  readonly isUsing: boolean
  readonly onYes: () => void
  readonly onNo: () => void
}

/** What every agent is suggested by is not changed by one press. */
const Sure = ({ version, isUsing, onYes, onNo }: SureProps) => (
  <p className="sure" role="alert">
    <span>{words.sure(words.version(version))}</span>
    <button type="button" className="button main" disabled={isUsing} onClick={onYes}>
      {words.yes}
    </button>
    <button type="button" className="button" onClick={onNo}>
      {words.no}
    </button>
  </p>
)

function Uses({ uses }: Pick<KindModelList, 'uses'>) {
  const names = useNames()
  if (uses.length === 0) return null
  return (
    <section className="card wide" aria-labelledby="uses">
      <h2 id="uses">{words.uses}</h2>
      <Table
        caption={words.uses}
        head={[words.head.at, words.head.version, words.because, words.who]}
        rows={uses.map(({ version, because, by, atMs }, at) => ({
          key: at,
          cells: [
            cityTime(atMs),
            words.version(version),
            becauseWords[because],
            by === 'night' ? words.by(by) : names(by),
          ],
        }))}
        narrow="cards"
      />
    </section>
  )
}

showPage({ 'zh-CN': '分类学习', en: 'Learning' }, <SignedIn>{() => <LearningPage />}</SignedIn>)
