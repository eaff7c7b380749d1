/** The least that drachtio-srf needs to take a call: one SDP for all, no media, nothing kept. */
import Srf from 'drachtio-srf'
import { sdpOf } from '../support/sip-message.ts'

const srf = new Srf()
const localSdp = sdpOf(40_000)
srf.invite((request, response) => {
  srf.createUAS(request, response, { localSdp }, () => undefined)
})
srf.on('connect', () => process.send!('up'))
srf.connect({ host: '127.0.0.1', port: Number(process.argv[2]), secret: 'bench' })
process.on('message', () => process.send!(process.cpuUsage()))
