import { expect, it } from 'vitest'
import { sealedRoomWords } from '../../src/http/words/audit.ts'
import { orderRoom } from '../../src/orders/event-store.ts'
import { programRoom } from '../../src/staff/program-events.ts'
import { surveyRoom } from '../../src/surveys/event-store.ts'
import { trailRoom } from '../../src/trail/reported.ts'

it('names every room of the ledger in the words of the page that tells of the audit', () => {
  for (const room of [orderRoom, programRoom, surveyRoom, trailRoom, 'staff', 'seals'])
    expect(sealedRoomWords[room]?.['zh-CN'], room).toMatch(/\p{Script=Han}/u)
})
