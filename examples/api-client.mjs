#!/usr/bin/env node
/**
 * A program that talks to a running Jieting with nothing but fetch: it lists the newest calls, writes an order down for
 * one of them, and reads it back.
 *
 *     node examples/api-client.mjs                    # lists calls, then makes an order for the newest
 *     node examples/api-client.mjs --calls            # lists calls only
 *
 * JIETING_URL (http://127.0.0.1:8080) and API_TOKEN, or the token that the first start kept in DATA_DIR/api-token.
 * /docs on the same address describes every route.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const url = (process.env.JIETING_URL ?? 'http://127.0.0.1:8080').replace(/\/+$/, '')
const token =
  process.env.API_TOKEN ??
  (await readFile(join(process.env.DATA_DIR ?? './data', 'api-token'), 'utf8')).trim()

/** Answers with what the hotline says, or throws with the problem that it names (RFC 9457). */
async function ask(method, path, body) {
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  })
  const answer = await response.json()
  if (response.ok) return answer
  const faults = (answer.faults ?? []).map(({ place, found, expected }) => `${place}: ${found}; ${expected}`)
  throw new Error(`${method} ${path}: ${response.status} ${answer.title ?? ''}\n${faults.join('\n')}`)
}

const { calls } = await ask('GET', '/calls?limit=10')
for (const { id, direction, caller, called, state, invitedAtMs } of calls)
  console.log(new Date(invitedAtMs).toISOString(), id, direction, caller || 'withheld', '→', called, state)

if (!process.argv.includes('--calls')) {
  const { categories } = await ask('GET', '/orders/rules')
  const heating = categories.find(({ id }) => id === 'heating') ?? categories[0]
  const { order, clocks } = await ask('POST', '/orders', {
    category: heating.id,
    matter: '暖气三天不热，家里有老人',
    street: '望京街道',
    place: '幸福小区 3 号楼',
    // The clock begins with this call's first ring, and its number may be rung back. Left out: it begins now.
    call: calls.find(({ direction }) => direction === 'in')?.id,
    // The token does not tell who uses it, so a program says for whom it writes.
    by: { role: 'seat', person: 'api-client' },
    // The same caller may have an open order about the same: this is another.
    anyway: true,
  })
  console.log(`order ${order.number} (${heating.name}) is with ${order.unit}`)
  for (const { name, dueAtMs } of clocks) console.log(`  ${name} until ${new Date(dueAtMs).toISOString()}`)
  const shown = await ask('GET', `/orders/${order.number}`)
  console.log(
    `  ${shown.order.stage}, ${shown.order.light}: ${shown.events.map(({ kind }) => kind).join(', ')}`,
  )
}
