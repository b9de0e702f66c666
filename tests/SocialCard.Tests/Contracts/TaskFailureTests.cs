using Microsoft.DurableTask;

namespace SocialCard.Tests.Contracts;

public sealed class TaskFailureTests
{
    private sealed class CardLostException(string message, Exception inner) : InvalidOperationException(message, inner);

    [Fact]
    public void The_details_of_an_exception_tell_its_type_message_and_causes()
    {
        TaskFailureDetails details = TaskFailureDetails.FromException(new CardLostException("lost", new TimeoutException("late")));

        Assert.Equal((typeof(CardLostException).ToString(), "lost"), (details.ErrorType, details.ErrorMessage));
        Assert.Equal(("System.TimeoutException", "late"), (details.InnerFailure!.ErrorType, details.InnerFailure.ErrorMessage));
        Assert.Null(details.InnerFailure.InnerFailure);
        Assert.Equal($"{typeof(CardLostException)}: lost", details.ToString());
    }

    [Fact]
    public void The_details_of_an_exception_that_was_thrown_tell_where()
    {
        Exception thrown = Assert.ThrowsAny<Exception>(() => Convert.FromBase64String("?"));

        Assert.Equal(thrown.StackTrace, TaskFailureDetails.FromException(thrown).StackTrace);
    }

    [Fact]
    public void A_failure_is_caused_by_its_type_and_by_what_that_derives_from()
    {
        TaskFailureDetails details = TaskFailureDetails.FromException(new CardLostException("lost", new TimeoutException("late")));

        Assert.True(details.IsCausedBy<CardLostException>());
        Assert.True(details.IsCausedBy<InvalidOperationException>());
        Assert.True(details.IsCausedBy<Exception>());
        Assert.False(details.IsCausedBy<TimeoutException>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Elsewhere.UnknownException")]
    public void A_failure_of_an_unknown_type_is_caused_by_none(string type)
        => Assert.False(new TaskFailureDetails(type, "message", null, null, null).IsCausedBy<Exception>());

    [Fact]
    public void Only_an_exception_can_be_a_cause()
        => Assert.Throws<ArgumentException>(() => TaskFailureDetails.FromException(new TimeoutException()).IsCausedBy(typeof(string)));

    [Fact]
    public void A_failed_task_says_which_one_and_why()
    {
        TaskFailureDetails details = new("Elsewhere.UnknownException", "no such card", null, null, null);

        TaskFailedException failure = new("Suspend", 7, details);
        TaskFailedException thrown = new("Suspend", 7, new TimeoutException("late"));

        Assert.Equal("Task 'Suspend' (#7) failed with an unhandled exception: no such card", failure.Message);
        Assert.Equal(("Suspend", 7, details), (failure.TaskName, failure.TaskId, failure.FailureDetails));
        Assert.Equal("Task 'Suspend' (#7) failed with an unhandled exception: late", thrown.Message);
        Assert.True(thrown.FailureDetails.IsCausedBy<TimeoutException>());
    }
}
