/** What people ask for meanwhile, in turn. */
const asked = (demandId: string) => [
  `/api/search?kind=offering&q=${encodeURIComponent('焊缝跟踪')}`,
  '/api/demands?limit=20',
  `/api/demands/${demandId}/matches?kind=offering&limit=10`,
  '/demands',
  `/api/search?kind=expert&q=${encodeURIComponent('窖泥退化')}`,
  `/demands/${demandId}`,
  '/api/market',
  `/search?q=${encodeURIComponent('铝合金压铸')}`,
]

/** Asks so often for so long, whether answered or not, from many addresses; gives how long each answer took from when it was due. */
export async function readers(
  address: string,
  demandId: string,
  aSecond: number,
  forMs: number,
): Promise<{ times: number[]; wrong: number }> {
  const paths = asked(demandId)
  const count = Math.max(1, Math.round((aSecond * forMs) / 1000))
  const times: number[] = []
  let wrong = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: count }, async (_, turn) => {
      const dueAt = started + (turn / aSecond) * 1000
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())))
      const headers = { 'x-forwarded-for': `198.51.100.${1 + (turn % 50)}`, accept: 'text/html' }
      const answer = await fetch(address + paths[turn % paths.length]!, { headers })
      await answer.arrayBuffer()
      if (answer.status !== 200) wrong++
      times.push(performance.now() - dueAt)
    }),
  )
  return { times, wrong }
}
