import '../captions/captions.css'
import './floor.css'
import type { ToFloorPage } from '../../http/contract.ts'
import { Figures } from '../design/figures.tsx'
import { showPage } from '../design/page.tsx'
import { NoticesForSupervisors } from '../house/notices.tsx'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { Calls } from './calls.tsx'
import { Card } from './card.tsx'
import { Day } from './day.tsx'
import { PlaceMap } from './place-map.tsx'
import { Seats } from './seats.tsx'
import { useActs } from './use-acts.ts'
import { useFloor } from './use-floor.ts'
import { lastingWords, refusalWords, words } from './words.ts'

/** The queue, the seats, who talks to whom, where callers are, and what days came to. */
function FloorPage({ ask }: Signed) {
  const { floor, isLost } = useFloor(ask)
  const { act, refused } = useActs()
  return (
    <div className="board floor">
      {isLost && (
        <p className="trouble" role="alert">
          {words.lost}
        </p>
      )}
      {refused !== undefined && (
        <p className="trouble" role="alert">
          {refusalWords(refused)}
        </p>
      )}
      <NoticesForSupervisors />
      {floor ? (
        <>
          <Now floor={floor} />
          <Calls floor={floor} act={act} />
          <Seats floor={floor} act={act} />
          <Card name={words.map} wide>
            <PlaceMap places={floor.places} />
          </Card>
          <Day today={floor.day} />
        </>
      ) : (
        <p role="status">{words.connecting}</p>
      )}
    </div>
  )
}

function Now({ floor: { waiting, waitingSinceMs, seats, calls, nowMs } }: { readonly floor: ToFloorPage }) {
  const count = (...states: readonly string[]) => seats.filter(({ state }) => states.includes(state)).length
  return (
    <Card name={words.now} wide>
      <Figures
        figures={[
          [words.waiting, waiting],
          [words.longest, waitingSinceMs === undefined ? words.none : lastingWords(nowMs - waitingSinceMs)],
          [words.ready, count('ready')],
          [words.talking, count('talking')],
          [words.wrapUp, count('wrap-up')],
          [words.paused, count('away')],
          [words.setAside, count('set-aside', 'offline')],
          [words.outgoingNow, calls.filter(({ direction }) => direction === 'out').length],
        ]}
      />
    </Card>
  )
}

showPage(
  { 'zh-CN': '话务监控', en: 'Floor' },
  <SignedIn roles={['supervisor']}>{signed => <FloorPage {...signed} />}</SignedIn>,
)
