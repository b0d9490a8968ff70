import { Actions, Button, ButtonLink } from '../../platform/web/parts/buttons.tsx'
import { type View, withQuery } from '../../platform/web/view.ts'

/** What a broker goes on to from a demand: taking it where nobody has, its cases and its shortlist where he has. */
export function Carrying({ view, demandId, carries, mayTake }: { view: View; demandId: string; carries: boolean; mayTake: boolean }) {
  const { today, shortlist } = view.words.engagement
  if (mayTake)
    return (
      <form method="post" action="/today/take">
        <input type="hidden" name="id" value={demandId} />
        <Actions>
          <Button>{today.take}</Button>
        </Actions>
      </form>
    )
  return carries ? (
    <Actions>
      <ButtonLink href={withQuery('/shortlists/new', { demand: demandId })}>{shortlist.make}</ButtonLink>
      <ButtonLink tone="plain" href={withQuery('/board', { demand: demandId })}>
        {today.board}
      </ButtonLink>
    </Actions>
  ) : null
}
