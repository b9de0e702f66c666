using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace SocialCard.Functions.Observability;

/// <summary>
/// Notes what a partner's system sends that nobody here knows, and that is skipped: a change on its side which somebody should hear of.
/// Names only, and those only where they look like one; values are personal.
/// </summary>
public sealed partial class UnknownParts(ILogger<UnknownParts> log)
{
    private const int MostNames = 10;

    /// <summary>Fields that were skipped; nothing where there are none.</summary>
    /// <param name="partnerId">Who sent them.</param>
    /// <param name="where">In which message or type of event.</param>
    /// <param name="fields">Their places.</param>
    public void Fields(string partnerId, string where, IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count > 0)
        {
            OperationMetrics.Skipped(partnerId, "field");
            FieldsSkipped(log, partnerId, where, string.Join(", ", fields.Take(MostNames).Select(Masked)));
        }
    }

    /// <summary>An event of a type that nobody reads.</summary>
    /// <param name="partnerId">Who sent it.</param>
    /// <param name="type">The type.</param>
    public void Type(string partnerId, string type)
    {
        OperationMetrics.Skipped(partnerId, "type");
        TypeSkipped(log, partnerId, Masked(type));
    }

    private static string Masked(string name) => Name().IsMatch(name) ? name : "?";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z_.-]{0,63}\z")]
    private static partial Regex Name();

    [LoggerMessage(1, LogLevel.Warning, "{Partner} sent fields in {Where} that are not known: {Fields}.")]
    private static partial void FieldsSkipped(ILogger log, string partner, string where, string fields);

    [LoggerMessage(2, LogLevel.Warning, "{Partner} sent an event of a type that is not known: {Type}.")]
    private static partial void TypeSkipped(ILogger log, string partner, string type);
}
