using SocialCard.Domain.Holders;
using SocialCard.Functions.CivilEvents;

namespace SocialCard.Tests.CivilEvents;

/// <summary>What is wrong with an event of life is told by its field, on the queue as over HTTPS.</summary>
public sealed class ToldDayTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CivilEventKind.Death, "2026-03-02", true)]
    [InlineData(CivilEventKind.Death, "2026-03-03", false)]
    [InlineData(CivilEventKind.Move, "2026-03-03", false)]
    [InlineData(CivilEventKind.Death, "1999-01-01", true)]
    [InlineData(CivilEventKind.Death, "1998-12-31", false)]
    [InlineData(CivilEventKind.DeathRevoked, "0001-01-01", false)]
    [InlineData(CivilEventKind.NationalityRenounced, "1970-01-01", false)]
    [InlineData(CivilEventKind.Birth, "1949-12-31", true)]
    [InlineData(CivilEventKind.NameChange, "1980-01-01", true)]
    public void What_ends_cards_is_not_older_than_cards_and_nothing_is_of_tomorrow(CivilEventKind kind, string day, bool isRight) =>
        Assert.Equal(isRight, ToldDay.FaultOf(kind, DateOnly.Parse(day, null), Now) is null);

    [Theory]
    [InlineData("""{"messageId":"a b","partnerId":"p","kind":"death","occurredOn":"2026-03-01","holderId":"h"}""", "messageId: ")]
    [InlineData("""{"messageId":"m","partnerId":"p","kind":"death","occurredOn":"2026-03-01"}""", "cardNumber: ")]
    [InlineData("""{"messageId":"m","partnerId":"p","kind":"move","occurredOn":"2026-03-01","holderId":"h"}""", "toRegion: ")]
    [InlineData("""{"messageId":"m","partnerId":"p","kind":"death, move","occurredOn":"2026-03-01","holderId":"h"}""", "$.kind")]
    [InlineData("""{"messageId":"m","partnerId":"p","kind":"death","occurredOn":"2026-02-30","holderId":"h"}""", "$.occurredOn")]
    public void A_message_that_is_not_taken_names_the_field(string message, string named)
    {
        var failure = Assert.Throws<InvalidCivilEventException>(() => CivilEventMessage.Parse(message));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_holder_who_refuses_names_the_field_too()
    {
        Assert.Matches("^occurredOn: ", new InvalidCivilEventException(HolderRefusals.DeathBeforeBirth).Message);
        Assert.Matches("^kind: ", new InvalidCivilEventException(HolderRefusals.NotDeceased).Message);
    }
}
