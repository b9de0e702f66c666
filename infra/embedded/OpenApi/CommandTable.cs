using System.Text;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Functions.Api;

namespace SocialCard.Embedded.OpenApi;

/// <summary>Every command by who may call it and with what proof, made from what the functions declare.</summary>
internal static class CommandTable
{
    /// <summary>Where the repository keeps it.</summary>
    public const string File = "functions/SocialCard.Functions/Api/COMMANDS.md";

    private const string Legend = """
        Who may call which command, and how the person who asks for it is proven to be himself. No entry: 403.

        | entry | means |
        |---|---|
        | own | the partner decides on its own authority, and nobody has to present anything |
        | seen | the person, or his agent, stands at a desk or a kiosk, where his document is seen and its number taken |
        | verified | nobody sees him: `realNameVerification`, at most a day old, by a method of the region's list (`identity.online`) |
        | on the line | his `queryPassword` or a `realNameVerification`, as the region says (`identity.phone`, `identity.sms`); a temporary loss report by his number alone where it says so (`identity.temporaryLoss`); a query password does not reset the query password |
        | secret | the password or the token that is presented, which the service checks |
        | …, its own | only what it has asked for itself |

        A bank takes loss reports on a hotline and a web bank of its own too: there as `on the line` and `verified`. What is missing is
        answered 422 `verification-missing`, and nothing changes. Who takes back what a channel of his could not have asked for, and what he
        has not asked for himself, is answered 422 `undo-elsewhere`; a bureau may always.
        """;

    private static readonly PartnerRole[] Roles = Enum.GetValues<PartnerRole>();

    /// <summary>The whole document, as Markdown.</summary>
    public static string Generate()
    {
        var functions = typeof(ApiRoute).Assembly;
        return $"""
            # Commands

            {Of(Endpoint.In(functions), XmlDocs.Of([functions]))}

            Made from what the functions declare: `dotnet run --project infra/embedded -- openapi` writes it anew beside the description.

            """;
    }

    /// <summary>The table, and what its words mean.</summary>
    public static string Of(IReadOnlyList<Endpoint> endpoints, XmlDocs docs)
    {
        var text = new StringBuilder(Legend).Append("\n\n| proof | who is proven |\n|---|---|\n");
        foreach (var proof in Enum.GetValues<Proof>())
        {
            text.Append($"| `{NameOf(proof)}` | {docs.SummaryOf(typeof(Proof).GetField(proof.ToString())!)} |\n");
        }

        text.Append("\n| command | proof | ").AppendJoin(" | ", Roles.Select(role => SocialCardJson.NameOf<PartnerRole>(role)))
            .Append(" |\n|---|---|").Append(string.Concat(Roles.Select(_ => "---|"))).Append('\n');
        foreach (var command in endpoints.Where(endpoint => endpoint.IsCommand && endpoint.Callers.Count > 0)
            .OrderBy(endpoint => Array.IndexOf(Frame.Tags, endpoint.Tag)).ThenBy(endpoint => endpoint.Path, StringComparer.Ordinal)
            .ThenBy(endpoint => endpoint.Verb, StringComparer.Ordinal))
        {
            var entries = Roles.Select(role => EntryOf(command, role));
            text.Append($"| `{command.Verb.ToUpperInvariant()} {command.Path}` | {NameOf(command.Proof!.Value)}")
                .Append(command.Undoes is { } undone ? $", takes back `{char.ToLowerInvariant(undone[0])}{undone[1..]}`" : "")
                .Append($" | {string.Join(" | ", entries)} |\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string EntryOf(Endpoint command, PartnerRole role)
    {
        var entry = !command.Callers.Contains(role) ? ""
            : command.Proof is Proof.Partner || role is PartnerRole.Operations ? "own"
            : command.Proof is Proof.Secret ? "secret"
            : role is PartnerRole.Online ? "verified"
            : role is PartnerRole.Hotline ? "on the line"
            : "seen";
        var isOwnOnly = command.Undoes is not null && role is (PartnerRole.Hospital or PartnerRole.Pharmacy);
        return isOwnOnly && entry.Length > 0 ? $"{entry}, its own" : entry;
    }

    private static string NameOf(Proof proof) => SocialCardJson.NameOf<Proof>(proof)!;
}
