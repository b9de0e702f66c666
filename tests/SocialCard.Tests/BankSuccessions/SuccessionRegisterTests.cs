using SocialCard.Domain.BankSuccessions;

namespace SocialCard.Tests.BankSuccessions;

public sealed class SuccessionRegisterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    private readonly SuccessionRegister register = new SuccessionRegister().Begin("bank-a", "bank-b", Now).State!;

    [Fact]
    public void A_bank_is_taken_over_once() =>
        Assert.Same(BankSuccessionRefusals.AlreadyTakenOver, register.Begin("bank-a", "bank-c", Now).Refusal);

    /// <summary>Told at the same instant, one of two is decided after the other, since there is one register.</summary>
    [Fact]
    public void Two_banks_do_not_take_over_each_other() =>
        Assert.Same(BankSuccessionRefusals.SuccessorTakenOver, register.Begin("bank-b", "bank-a", Now).Refusal);

    [Fact]
    public void A_bank_has_all_cards_of_another_before_it_is_taken_over_itself()
    {
        Assert.Same(BankSuccessionRefusals.TakesOver, register.Begin("bank-b", "bank-c", Now).Refusal);

        var completed = register.Complete("bank-a", Now).State!;
        Assert.Equal("bank-c", completed.Begin("bank-b", "bank-c", Now).State!.Of("bank-b")!.Successor);
    }

    [Fact]
    public void It_counts_what_has_moved_and_is_completed_once()
    {
        var moved = register.Note("bank-a", 100).State!.Note("bank-a", 7).State!.Complete("bank-a", Now);

        Assert.Equal(new BankSuccession("bank-a", "bank-b", Now, 107, Now), moved.State!.Of("bank-a"));
        Assert.Equal([new BankSuccessionCompleted("bank-a", 107)], moved.Events);
        Assert.Empty(moved.State!.Complete("bank-a", Now.AddDays(1)).Events);
    }
}
