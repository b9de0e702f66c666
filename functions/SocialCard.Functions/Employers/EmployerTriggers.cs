using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.People;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.Employers;

/// <summary>Registering an employer, deciding on it, its changes and its end (Social Insurance Law art. 57).</summary>
[Tags("Employers")]
public sealed partial class EmployerTriggers(
    ApiGate gate,
    CommandExecutor<Employer> desk,
    AggregateRepository<Employer> employers,
    OperationKeys registrationKeys,
    HolderProtection people,
    RegionPolicies regions,
    TimeProvider clock)
{
    private static ProblemHttpResult NotFound => Problems.Of(404, "employer-not-found", "There is no such employer within your scope.");

    /// <summary>Files a registration; a refused one is filed again in the same way.</summary>
    [Function(nameof(RegisterEmployer))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(RegisterEmployerRequest))]
    [Refuses("employer-already-registered")]
    public async Task<Results<Created<EmployerView>, ProblemHttpResult>> RegisterEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers")] HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<RegisterEmployerRequest>(request, cancellation, PartnerRole.Bureau, PartnerRole.Online);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (body, now) = (command.Body, clock.GetUtcNow());
        var hasCode = EmployerCode.TryParse(body.Code, out var code);
        var errors = new FieldErrors()
            .Require("code", hasCode, "Not a unified social credit code (eighteen characters with a check character).")
            .Require("foundedOn", body.FoundedOn <= ChinaTime.DateOf(now), "The day is in the future.");
        CheckName(errors, body.Name);
        CheckRegion(errors, body.RegionCode);
        var representative = CheckRepresentative(errors, body.Representative);
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        if (!command.Caller.Covers(body.RegionCode))
        {
            return Problems.Forbidden("The region is not the caller's.");
        }

        if (await registrationKeys.BindAsync(command.Operation, cancellation) is Binding.Other)
        {
            return Problems.IdempotencyKeyReused;
        }

        var facts = new EmployerFacts(body.Name.Trim(), body.FoundedOn, body.RegionCode, body.Credential, people.Seal(representative!));
        var reviewId = command.Operation.ResourceId;
        var outcome = await desk.OpenAsync(
            Employer.File(code!, facts, reviewId, now),
            command.Operation,
            EmployerView.Of,
            now,
            EmployerRefusals.AlreadyRegistered,
            cancellation);
        if (outcome is Outcome<EmployerView>.Refused)
        {
            outcome = await desk.ExecuteAsync(
                code!.Value, command.Operation, (employer, at) => employer.FileAgain(facts, reviewId, at), EmployerView.Of, cancellation);
        }

        // Of another region's employer nothing is told but that the code is taken.
        var (view, problem) = outcome.Read(request, Problems.Refused(EmployerRefusals.AlreadyRegistered));
        return problem is null ? TypedResults.Created($"{request.Path}/{view!.Code}", view) : problem;
    }

    /// <summary>Reads an employer.</summary>
    [Function(nameof(GetEmployer))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Operations)]
    [Refuses("employer-not-found")]
    public async Task<Results<Ok<EmployerView>, ProblemHttpResult>> GetEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "employers/{code}")] HttpRequest request,
        string code,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Operations);
        return admission.Value is not { } caller ? admission.Problem!
            : EmployerCode.TryParse(code, out var known) && await employers.FindAsync(known.Value, caller, cancellation) is { } employer
                ? TypedResults.Ok(EmployerView.Of(employer))
                : NotFound;
    }

    /// <summary>The bureau's decision on a registration.</summary>
    [Function(nameof(DecideEmployer))]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(EmployerDecisionRequest))]
    [Refuses("employer-not-found", "employer-not-under-review")]
    public async Task<Results<Ok<EmployerView>, ProblemHttpResult>> DecideEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers/{code}/decision")] HttpRequest request,
        string code,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<EmployerDecisionRequest>(request, cancellation, PartnerRole.Bureau);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var reason = command.Body.Reason?.Trim();
        if (!command.Body.Approve && reason is not { Length: > 0 and <= 500 })
        {
            return Problems.Invalid("reason", "A refusal says why, in 1 to 500 characters.");
        }

        var outcome = await DecideAsync(
            command, code, (employer, now) => employer.Review(command.Body.Approve, command.Body.Approve ? null : reason, command.Caller.Id, now), cancellation);
        return outcome.ToOk(request, NotFound);
    }

    /// <summary>Registers a change of an employer's facts.</summary>
    [Function(nameof(ChangeEmployer))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(ChangeEmployerRequest))]
    [Refuses("before-founding", "employer-not-found", "employer-not-registered", "nothing-changed")]
    public async Task<Results<Created<EmployerView>, ProblemHttpResult>> ChangeEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers/{code}/changes")] HttpRequest request,
        string code,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<ChangeEmployerRequest>(request, cancellation, PartnerRole.Bureau, PartnerRole.Online);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        var errors = new FieldErrors().Require("changedOn", body.ChangedOn <= ChinaTime.DateOf(clock.GetUtcNow()), "The day is in the future.");
        if (body.Name is not null)
        {
            CheckName(errors, body.Name);
        }

        if (body.RegionCode is not null)
        {
            CheckRegion(errors, body.RegionCode);
        }

        var representative = body.Representative is null ? null : CheckRepresentative(errors, body.Representative);
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        if (body.RegionCode is not null && !command.Caller.Covers(body.RegionCode))
        {
            return Problems.Forbidden("The region is not the caller's.");
        }

        var person = representative is null ? null : people.Seal(representative);
        var outcome = await DecideAsync(
            command,
            code,
            (employer, now) => employer.Change(
                command.Operation.ResourceId,
                employer.Facts with
                {
                    Name = body.Name?.Trim() ?? employer.Facts.Name,
                    RegionCode = body.RegionCode ?? employer.Facts.RegionCode,
                    Representative = person ?? employer.Facts.Representative,
                },
                body.ChangedOn,
                now),
            cancellation);
        var (view, problem) = outcome.Read(request, NotFound);
        return problem is null ? TypedResults.Created($"{request.Path}/{command.Operation.ResourceId}", view) : problem;
    }

    /// <summary>Reads a registered change.</summary>
    [Function(nameof(GetEmployerChange))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Operations)]
    [Refuses("employer-not-found")]
    public async Task<Results<Ok<EmployerChange>, ProblemHttpResult>> GetEmployerChange(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "employers/{code}/changes/{changeId}")] HttpRequest request,
        string code,
        string changeId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Operations);
        return admission.Value is not { } caller ? admission.Problem!
            : EmployerCode.TryParse(code, out var known)
                && ResourceId.IsOne(changeId)
                && await employers.FindAsync(known.Value, caller, cancellation) is not null
                && await employers.FindDocumentAsync<EmployerChange>(known.Value, EmployerChange.Document, changeId, cancellation) is { } change
                ? TypedResults.Ok(change)
                : NotFound;
    }

    /// <summary>Registers the end of an employer.</summary>
    [Function(nameof(TerminateEmployer))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(TerminateEmployerRequest))]
    [Refuses("before-founding", "employer-not-found", "employer-not-registered")]
    public async Task<Results<Ok<EmployerView>, ProblemHttpResult>> TerminateEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers/{code}/termination")] HttpRequest request,
        string code,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<TerminateEmployerRequest>(request, cancellation, PartnerRole.Bureau, PartnerRole.Online);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        if (body.TerminatedOn > ChinaTime.DateOf(clock.GetUtcNow()))
        {
            return Problems.Invalid("terminatedOn", "The day is in the future.");
        }

        var outcome = await DecideAsync(
            command, code, (employer, now) => employer.Terminate(body.TerminatedOn, body.Reason, now), cancellation);
        return outcome.ToOk(request, NotFound);
    }

    private static void CheckName(FieldErrors errors, string name) =>
        errors.Require("name", name.Trim() is { Length: > 0 and <= 128 }, "Between 1 and 128 characters.");

    private static HolderData? CheckRepresentative(FieldErrors errors, RepresentativeRequest person)
    {
        var hasId = CitizenId.TryParse(person.IdNumber, out var id);
        errors
            .Require("representative.idNumber", hasId, "Not a valid citizen ID number.")
            .Require("representative.name", person.Name.Trim() is { Length: > 0 and <= 64 }, "Between 1 and 64 characters.")
            .Require("representative.mobile", Mobile().IsMatch(person.Mobile), "Eleven digits that begin with 1.");
        return errors.Problem is null ? new HolderData(id!, person.Name.Trim(), person.Mobile) : null;
    }

    [GeneratedRegex(@"^1[0-9]{10}\z")]
    private static partial Regex Mobile();

    private void CheckRegion(FieldErrors errors, string regionCode) =>
        errors.Require("regionCode", regions.TryGet(regionCode, out _), "Not a known GB/T 2260 region.");

    private async Task<Outcome<EmployerView>> DecideAsync(
        CommandContext command,
        string code,
        Func<Employer, DateTimeOffset, Decision<Employer>> decide,
        CancellationToken cancellation) =>
        EmployerCode.TryParse(code, out var known)
            ? await desk.ExecuteAsync(known.Value, command.Operation, decide, EmployerView.Of, cancellation)
            : new Outcome<EmployerView>.NotFound();
}

/// <summary>Body of a registration.</summary>
/// <param name="Code">The unified social credit code.</param>
/// <param name="Name">The employer's name.</param>
/// <param name="FoundedOn">The local day of founding.</param>
/// <param name="RegionCode">Where it is, by GB/T 2260.</param>
/// <param name="Credential">By what it proves itself.</param>
/// <param name="Representative">Its legal representative.</param>
/// <example>
/// {
///   "code": "91350100M000100Y43", "name": "太原小店有限公司", "foundedOn": "2026-10-15", "regionCode": "140100",
///   "credential": "businessLicence",
///   "representative": {"idNumber": "140105199006201719", "name": "李大方", "mobile": "13900139000"}
/// }
/// </example>
public sealed record RegisterEmployerRequest(
    string Code, string Name, DateOnly FoundedOn, string RegionCode, EmployerCredential Credential, RepresentativeRequest Representative);

/// <summary>A legal representative as filed.</summary>
/// <param name="IdNumber">His ID number.</param>
/// <param name="Name">His name.</param>
/// <param name="Mobile">His mobile number.</param>
public sealed record RepresentativeRequest(string IdNumber, string Name, string Mobile)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "legal representative";
}

/// <summary>Body of a decision.</summary>
/// <param name="Approve">Whether the registration is accepted.</param>
/// <param name="Reason">Why not.</param>
/// <example>
/// {"approve": false, "reason": "No seal."}
/// </example>
public sealed record EmployerDecisionRequest(bool Approve, string? Reason = null);

/// <summary>Body of a change: what is left out stays.</summary>
/// <param name="ChangedOn">The local day of the change.</param>
/// <param name="Name">The new name.</param>
/// <param name="RegionCode">The new region.</param>
/// <param name="Representative">The new legal representative.</param>
/// <example>
/// {"changedOn": "2026-11-24", "name": "新名公司"}
/// </example>
public sealed record ChangeEmployerRequest(
    DateOnly ChangedOn, string? Name = null, string? RegionCode = null, RepresentativeRequest? Representative = null);

/// <summary>Body of a termination.</summary>
/// <param name="TerminatedOn">The local day of the end.</param>
/// <param name="Reason">Why.</param>
/// <example>
/// {"terminatedOn": "2026-11-24", "reason": "dissolved"}
/// </example>
public sealed record TerminateEmployerRequest(DateOnly TerminatedOn, EmployerEnd Reason);
