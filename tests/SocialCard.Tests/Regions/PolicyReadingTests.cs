using System.Reflection;
using SocialCard.Domain.Rules;
using SocialCard.Functions;

namespace SocialCard.Tests.Regions;

/// <summary>A value that a region states is read somewhere in the code. What is only written down is a promise that nobody keeps.</summary>
public sealed class PolicyReadingTests
{
    // What the compiler writes for a record reads every member of it, and does nothing with it.
    private static readonly string[] Synthesized =
        ["PrintMembers", "Deconstruct", nameof(Equals), nameof(GetHashCode), nameof(ToString), "<Clone>$"];

    [Fact]
    public void Every_value_of_a_policy_is_read_by_code()
    {
        var domain = typeof(PolicySection).Assembly;
        var read = new[] { domain, typeof(SocialCardServices).Assembly }.SelectMany(MethodCalls.In)
            .Where(call => !(call.Caller.DeclaringType == call.Called.DeclaringType && Synthesized.Contains(call.Caller.Name)))
            .Select(call => call.Called)
            .ToHashSet();
        var values = domain.GetTypes().Where(type => type.IsSubclassOf(typeof(PolicySection)))
            .SelectMany(section => section.GetConstructors().Single().GetParameters(), ValueOf)
            .ToList();

        Assert.Contains(typeof(ReissuePolicy).GetProperty(nameof(ReissuePolicy.FeeYuan)), values);
        Assert.Empty(
            values.Where(value => !read.Contains(value.GetMethod!)).Select(value => $"{value.DeclaringType!.Name}.{value.Name}").Order());
    }

    private static PropertyInfo ValueOf(Type section, ParameterInfo value) => section.GetProperty(value.Name!)!;
}
