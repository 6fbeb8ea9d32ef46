using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;
using Situational.Web;

namespace Situational.Host.Api;

/// <summary><c>POST /api/v1/passes</c>, <c>GET</c> and <c>DELETE /api/v1/me</c>: how a person gets a desk, who the server takes them for, and how they leave it.</summary>
internal sealed class PassesApi(DeskPasses passes, RequestBody body, AuditNote audit)
{
    private const int MaxName = 32, MaxHours = 24, DefaultHours = 12;
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1").WithTags("desks");
        group.MapPost("passes", (HttpContext context, PassesApi api) => api.PostAsync(context))
            .RequireAuthorization(Access.Ingest)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .Accepts<PassRequest>("application/json")
            .Produces<PassAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithExample("officer", DeskExamples.OfficerPass)
            .WithExample("lead", DeskExamples.LeadPass)
            .WithAnswer(StatusCodes.Status201Created, DeskExamples.Pass)
            .WithAnswer(StatusCodes.Status422UnprocessableEntity, DeskExamples.WrongPass)
            .WithSummary("Gives a person a link to their desk")
            .WithDescription(
                "The link works for an hour, as often as it is opened; what it sets is a cookie that ends after the hours asked for. Whoever opens it "
                + "acts as that person, so it goes to them alone. Who asked for it stands in the audit trail (pass.issue).");
        group.MapGet("me", Me)
            .AllowAnonymous()
            .Produces<MeAnswer>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .WithAnswer(StatusCodes.Status200OK, DeskExamples.Me)
            .WithSummary("Who sits at the desk")
            .WithDescription("401 without a desk's cookie, also with the ingest key: a system is nobody.");
        group.MapDelete("me", (Delegate)LeaveAsync)
            .AllowAnonymous()
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .WithSummary("Leaves the desk on this browser")
            .WithDescription(
                "Takes the desk's cookie away, so that whoever sits down next does not act in another's name. It ends no desk of the same person on "
                + "another browser. 401 without a desk's cookie.");
    }

    private static IResult Me(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var ends = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        return Caller.PersonOf(context) is { } person
            ? TypedResults.Ok(new MeAnswer(person.Id, person.Name, person.Role, person.Squad, ends))
            : TypedResults.Problem("Nobody sits here. The link of a pass opens a desk.", statusCode: StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> LeaveAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Caller.PersonOf(context) is null)
            return TypedResults.Problem("Nobody sits here.", statusCode: StatusCodes.Status401Unauthorized);
        await context.SignOutAsync(Access.DeskScheme);
        return TypedResults.NoContent();
    }

    private async Task<IResult> PostAsync(HttpContext context)
    {
        if (!RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(StatusCodes.Status415UnsupportedMediaType, "Content-Type", "Must be application/json in UTF-8, not compressed.");
        using var document = await body.ReadJsonAsync(context, mayBeEmpty: false);
        var errors = new Dictionary<string, string[]>();
        if (Read(document!.RootElement, errors) is not { } pass)
            return Problems.Fields(StatusCodes.Status422UnprocessableEntity, errors);
        var person = pass.Person;
        await audit.WriteAsync(
            context, Role.Officer, "pass.issue", person.Id,
            string.Create(CultureInfo.InvariantCulture, $"{person.Role}{(person.Squad is { } squad ? " of " + squad : "")}, {pass.Hours} h"));
        var (text, ends) = passes.Issue(pass);
        var page = person.Role == DeskRoles.Lead ? SituationalWeb.PatrolPath : SituationalWeb.DutyPath;
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created((string?)null, new PassAnswer($"{page}?{DeskDoor.Parameter}={Uri.EscapeDataString(text)}", ends));
    }

    private static DeskPass? Read(JsonElement root, Dictionary<string, string[]> errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors["body"] = ["Must be a JSON object."];
            return null;
        }
        var fields = new JsonFields(root, "", errors);
        var id = fields.PlainText("id", ActorFields.MaxId, required: true);
        var name = fields.PlainText("name", MaxName, required: false);
        var role = fields.OneOf("role", DeskRoles.All);
        var squad = fields.PlainText("squad", ActorFields.MaxId, required: role == DeskRoles.Lead);
        var hours = fields.Whole("hours", 1, MaxHours);
        if (squad is not null && role is not null && role != DeskRoles.Lead)
            fields.Refuse("squad", "Must be left out: only a lead has a squad.");
        return errors.Count > 0 ? null : new DeskPass(new DeskPerson(id!, name ?? id!, role!, squad), hours ?? DefaultHours);
    }
}
