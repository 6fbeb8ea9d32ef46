using Situational.Contracts.Http;
using Situational.Grains;
using Situational.Grains.Messages;
using Situational.Host.Api.OpenApi;
using Situational.Host.Feed;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>GET /api/v1/squads</c> and <c>/squads/{id}</c>: who is in which squad, on duty or off.</summary>
internal sealed class SquadsApi(UnitDirectory directory, ILiveCity city, IGrainFactory grains)
{
    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/squads").WithTags("squads").RequireAuthorization(Access.Desk);
        group.MapGet("", (HttpContext context, SquadsApi api) => api.ListAsync(context))
            .Produces<SquadAnswer[]>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithAnswer(StatusCodes.Status200OK, UnitExamples.Squads)
            .WithSummary("All squads in ascending order of their ids")
            .WithDescription("Units join a squad with their first fix, or where they enrol. There are no squads without units.");
        group.MapGet("{id}", (string id, HttpContext context, SquadsApi api) => api.GetAsync(id, context))
            .Produces<SquadMembersAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithAnswer(StatusCodes.Status200OK, UnitExamples.Squad)
            .WithSummary("A squad: everyone in it, on duty or off")
            .WithDescription("Of who is off duty neither place nor time is said. 503 while it cannot be read who is on duty.");
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        await directory.EnsureLoadedAsync(context.RequestAborted);
        return directory.IsLoaded
            ? TypedResults.Ok(directory.Squads().Select(s => new SquadAnswer(s.Id, s.Units)).ToArray())
            : Problems.StoreAway(context);
    }

    private async Task<IResult> GetAsync(string id, HttpContext context)
    {
        await directory.EnsureLoadedAsync(context.RequestAborted);
        if (directory.UnitsOf(id) is not { } enrolled)
            return directory.IsLoaded ? Problems.NotFound("There is no such squad.") : Problems.StoreAway(context);
        var description = await grains.GetGrain<ISquadGrain>(id).DescribeAsync(context.RequestAborted);
        if (!description.Known)
            return Problems.StoreAway(context);
        var members = description.Members.ToDictionary(m => m.Duty.Unit, StringComparer.Ordinal);
        // Of some no fix is known: enrolled long ago, and nothing stored since.
        foreach (var unit in enrolled)
            members.TryAdd(unit, new SquadMember(new DutyRow(unit, true, 0, null), unit, null, null));
        string[] ids = [.. members.Keys.Order(StringComparer.Ordinal)];
        var cases = city.CasesOf(ids, UnitsApi.MostCases);
        return TypedResults.Ok(new SquadMembersAnswer(id, [.. ids.Select((unit, i) => UnitAnswers.Member(members[unit], cases[i]))]));
    }
}
