using SocialCard.Domain.Employers;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Employers;

/// <summary>Registering an employer, deciding on it, its changes and its end (Social Insurance Law art. 57).</summary>
[Tags("Employers")]
public sealed class EmployerTriggers(Api<Employer> employers, PersonProtection people, RegionPolicies regions)
{
    private const int LongestReason = 500;

    /// <summary>Files a registration; a refused one is filed again in the same way.</summary>
    [Function(nameof(RegisterEmployer))]
    [Proof(Proof.Applicant)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(RegisterEmployerRequest))]
    [Refuses("employer-already-registered")]
    public Task<Results<Created<EmployerView>, ProblemHttpResult>> RegisterEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers")] HttpRequest request,
        CancellationToken cancellation) =>
        // Of another region's employer nothing is told but that the code is taken.
        employers.Creation<RegisterEmployerRequest>(request)
            .Check((errors, body, now) => errors
                .RequirePast("foundedOn", body.FoundedOn, now)
                .RequireRegion("regionCode", body.RegionCode, regions))
            .Within(body => body.RegionCode)
            .OrElse(EmployerRefusals.AlreadyRegistered)
            .Create(
                context => context.Body.Code.Value,
                EmployerRefusals.AlreadyRegistered,
                (context, now) => Employer.File(context.Body.Code, FactsOf(context.Body), context.ResourceId, now))
            .OrAgain((employer, context, now) => employer.FileAgain(FactsOf(context.Body), context.ResourceId, now))
            .CreatedAsync(EmployerView.Of, cancellation);

    /// <summary>
    /// The market regulator has told of an employer's founding or end: it has thirty days from that to register it. The notice may come
    /// before or after the employer's own filing, and again.
    /// </summary>
    [Function(nameof(TellOfEmployer))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(RegistryNoticeRequest))]
    [Refuses("before-founding", "employer-already-registered", "registry-notice-differs")]
    public Task<Results<Ok<EmployerView>, ProblemHttpResult>> TellOfEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers/{code}/registry-notices")] HttpRequest request,
        string code, CancellationToken cancellation) =>
        employers.Creation<RegistryNoticeRequest>(request)
            .Check((errors, body, now) => errors
                .Require("code", EmployerCode.TryParse(code, out _), "Not a unified social credit code.")
                .RequirePast("occurredOn", body.OccurredOn, now)
                .RequireRegion("regionCode", body.RegionCode, regions))
            .Within(body => body.RegionCode)
            .OrElse(EmployerRefusals.AlreadyRegistered)
            .Create(
                _ => code,
                EmployerRefusals.AlreadyRegistered,
                (context, now) => Employer.Notice(EmployerCode.Parse(code), context.Body.Notice, now))
            .OrAgain((employer, context, now) => employer.TakeNotice(context.Body.Notice, now))
            .OkAsync(EmployerView.Of, cancellation);

    /// <summary>Reads an employer.</summary>
    [Function(nameof(GetEmployer))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Operations)]
    [Refuses("employer-not-found")]
    public Task<Results<Ok<EmployerView>, NotModified, ProblemHttpResult>> GetEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "employers/{code}")] HttpRequest request,
        string code, CancellationToken cancellation) =>
        employers.ReadAsync(request, code, EmployerView.Of, cancellation);

    /// <summary>The bureau's decision on a registration.</summary>
    [Function(nameof(DecideEmployer))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(EmployerDecisionRequest))]
    [Refuses("employer-not-found", "employer-not-under-review")]
    public Task<Results<Ok<EmployerView>, ProblemHttpResult>> DecideEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers/{code}/decision")] HttpRequest request,
        string code, CancellationToken cancellation) =>
        employers.Command<EmployerDecisionRequest>(request, code)
            .Check((errors, body, _) => errors.Require(
                "reason",
                body.Approve || body.Reason?.Trim() is { Length: > 0 and <= LongestReason },
                $"A refusal says why, in 1 to {LongestReason} characters."))
            .Decide((employer, context, now) => employer.Review(
                context.Body.Approve, context.Body.Approve ? null : context.Body.Reason!.Trim(), context.Caller.Id, now))
            .OkAsync(EmployerView.Of, cancellation);

    /// <summary>Registers a change of an employer's facts.</summary>
    [Function(nameof(ChangeEmployer))]
    [Proof(Proof.Applicant)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(ChangeEmployerRequest))]
    [Refuses("before-founding", "employer-not-found", "employer-not-registered", "nothing-changed")]
    public Task<Results<Created<EmployerView>, ProblemHttpResult>> ChangeEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers/{code}/changes")] HttpRequest request,
        string code, CancellationToken cancellation) =>
        employers.Command<ChangeEmployerRequest>(request, code)
            .Check((errors, body, now) => errors
                .RequirePast("changedOn", body.ChangedOn, now)
                .RequireRegion("regionCode", body.RegionCode, regions))
            .Within(body => body.RegionCode)
            .Decide((employer, context, now) => employer.Facts is { } facts
                ? employer.Change(context.ResourceId, Changed(facts, context.Body), context.Body.ChangedOn, now)
                : EmployerRefusals.NotRegistered)
            .CreatedAsync((employer, _, _) => EmployerView.Of(employer), cancellation);

    /// <summary>Reads a registered change.</summary>
    [Function(nameof(GetEmployerChange))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Operations)]
    [Refuses("employer-not-found")]
    public Task<Results<Ok<EmployerChange>, NotModified, ProblemHttpResult>> GetEmployerChange(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "employers/{code}/changes/{changeId}")]
        HttpRequest request,
        string code, string changeId, CancellationToken cancellation) =>
        employers.ReadDocumentAsync<EmployerChange>(
            request, code, EmployerChange.Document, changeId, EmployerRefusals.NotFound, cancellation);

    /// <summary>Registers the end of an employer.</summary>
    [Function(nameof(TerminateEmployer))]
    [Proof(Proof.Applicant)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(TerminateEmployerRequest))]
    [Refuses("before-founding", "employer-not-found", "employer-not-registered")]
    public Task<Results<Ok<EmployerView>, ProblemHttpResult>> TerminateEmployer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "employers/{code}/termination")] HttpRequest request,
        string code, CancellationToken cancellation) =>
        employers.Command<TerminateEmployerRequest>(request, code)
            .Check((errors, body, now) => errors.RequirePast("terminatedOn", body.TerminatedOn, now))
            .Decide((employer, context, now) => employer.Terminate(context.Body.TerminatedOn, context.Body.Reason, now))
            .OkAsync(EmployerView.Of, cancellation);

    private EmployerFacts FactsOf(RegisterEmployerRequest body) =>
        new(body.Name.Value, body.FoundedOn, body.RegionCode, body.Credential, people.Seal(body.Representative.Person));

    private EmployerFacts Changed(EmployerFacts facts, ChangeEmployerRequest body) => facts with
    {
        Name = body.Name?.Value ?? facts.Name,
        RegionCode = body.RegionCode ?? facts.RegionCode,
        Representative = body.Representative is { } named ? people.Seal(named.Person) : facts.Representative,
    };
}
