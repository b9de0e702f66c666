using SocialCard.EndToEnd;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer($"SocialCard.EndToEnd.{nameof(CrashesFirst)}", "SocialCard.EndToEnd")]

namespace SocialCard.EndToEnd;

/// <summary>
/// Begins with the longest: tests of crashes wait for a host to be back, again and again, and others run in the meantime. A test drives
/// processes more than it computes, so more of them run at once than there are cores (xunit.runner.json).
/// </summary>
public sealed class CrashesFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(tests => tests.DisplayName.EndsWith("CrashTests", StringComparison.Ordinal));
}
