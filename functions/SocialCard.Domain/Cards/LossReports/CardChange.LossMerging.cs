namespace SocialCard.Domain.Cards;

/// <summary>How what is heard of a loss afterwards is put to what is known already, so that the order of arrival does not matter.</summary>
internal sealed partial class CardChange
{
    /// <summary>
    /// A report takes its place among those that are known: on each application it is over because it was released since, or it holds,
    /// or a stronger one holds.
    /// </summary>
    public void MergeLoss(LossReport told, DateTimeOffset now)
    {
        var (filed, over) = (new List<LossSide>(), new List<(CardApplication Application, DateTimeOffset ReleasedAt)>());
        foreach (var side in told.Sides)
        {
            var holding = Card.Loss.On(side.Application);
            if (ReleasedSince(told, side.Application) is { } releasedAt)
            {
                // Of what was released before the report that holds now there is nothing left to tell; what it outranks ended with it.
                // While a new card is on its way, nothing lets a lost one work again.
                if (holding is null
                    || (holding.ReportedAt <= releasedAt && told.Outranks(holding, side.Application)
                        && (side.Application is CardApplication.Financial || Card.Reissue is not { IsLive: true })))
                {
                    filed.Add(side);
                    over.Add((side.Application, releasedAt));
                }
            }
            else if (holding is null || told.Outranks(holding, side.Application))
            {
                filed.Add(side);
            }
            else
            {
                Antedate(holding, side);
                KeepOutranked(told, holding, side.Application);
            }
        }

        if (filed.Count > 0)
        {
            FileLoss(told with { Sides = filed });
        }

        foreach (var release in over.GroupBy(side => side.ReleasedAt, side => side.Application))
        {
            AdvanceLoss(release.Key);
            if (Card.Loss.Find(told.ReportId) is { } filedReport)
            {
                ReleaseLoss(filedReport, [.. release], ServiceChannel.Bank, release.Key);
            }
        }

        AdvanceLoss(now);
    }

    /// <summary>Where a report has been released, those that were made after the release hold, the strongest first.</summary>
    public void BringBackOutranked(string newReportId, DateTimeOffset now)
    {
        var back = LossReportRules.BothApplications
            .Where(application => Card.Loss.On(application) is null)
            .Select(application => Card.Loss.Outranked
                .Where(report => report.Sides[0].Application == application)
                .Aggregate(
                    (LossReport?)null, (best, report) => best is null || report.Outranks(best, application) ? report : best))
            .OfType<LossReport>()
            .GroupBy(report => report.ReportId)
            .ToList();
        foreach (var (index, parts) in back.Index())
        {
            var sides = parts.Select(part => part.Sides[0] with { State = LossReportState.Pending, EndedAt = null });
            FileLoss(parts.First() with { ReportId = ResourceId.Of(newReportId, index + 1), Sides = [.. sides] });
        }

        AdvanceLoss(now);
    }

    // Released on its own, or with the bank's application, as far as the bank releases the card while a new one is on its way.
    private DateTimeOffset? ReleasedSince(LossReport told, CardApplication application)
    {
        var loss = Card.Loss;
        return loss.ReleasedAt(application) is { } released && released >= told.ReportedAt ? released
            : loss.FinancialReleasedAt is { } atBank && atBank >= told.ReportedAt
                && Card.Reissue is not { IsLive: true } && told.ReleasedByBank.Contains(application) ? atBank
            : null;
    }

    // Of reports that follow each other without a gap, the first says since when the card is lost.
    private void Antedate(LossReport holding, LossSide earlier)
    {
        var (application, since) = (earlier.Application, earlier.EffectiveAt);
        var held = holding.SideOn(application);
        if (held.State is LossReportState.Pending && since < held.EffectiveAt)
        {
            Replace(holding.With(held with { EffectiveAt = since }));
        }
        else if (Card.LostSince(application) is { } known && since < known && !(earlier.EndsAt < known))
        {
            SetLostSince(holding, application, since);
        }
    }

    /// <summary>
    /// A release came before the report that holds: what was reported before the release no longer says since when the card is lost.
    /// </summary>
    public void Postdate(CardApplication application, DateTimeOffset releasedAt)
    {
        if (Card.LostSince(application) <= releasedAt && Card.Loss.On(application) is { } holding && holding.ReportedAt > releasedAt)
        {
            SetLostSince(holding, application, holding.SideOn(application).EffectiveAt);
        }
    }

    private void SetLostSince(LossReport holding, CardApplication application, DateTimeOffset since)
    {
        var (reason, lost) = application is CardApplication.Social
            ? (Card.Social.Reason, Card with { Social = Card.Social with { Since = since } })
            : (Card.Financial.Reason, Card with { Financial = Card.Financial with { Since = since } });
        Apply(lost, new LossSuspended(holding.ReportId, application, reason!.Value, since));
    }

    // What was made after the stronger one survives a release in between.
    private void KeepOutranked(LossReport weaker, LossReport stronger, CardApplication application)
    {
        var kept = weaker with { Sides = [weaker.SideOn(application)] };
        var known = Card.Loss.Outranked.Where(report => report.Sides[0].Application == application).Append(stronger);
        if (!known.Any(report => report.Covers(kept, application)))
        {
            ForgetOutranked(application, report => kept.Covers(report, application));
            Apply(Card with { Loss = Card.Loss with { Outranked = [.. Card.Loss.Outranked, kept] } });
        }
    }

    private void ForgetOutranked(CardApplication application, Func<LossReport, bool> isForgotten)
    {
        var kept = Card.Loss.Outranked.Where(report => report.Sides[0].Application != application || !isForgotten(report)).ToList();
        if (kept.Count < Card.Loss.Outranked.Count)
        {
            Apply(Card with { Loss = Card.Loss with { Outranked = kept } });
        }
    }
}
