using Situational.Host.Feed;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary>Finds the squad of a unit, and says whether the caller may act for it: a patrol lead for their own squad alone.</summary>
internal sealed class UnitDoor(UnitDirectory directory, ILiveCity city)
{
    /// <summary>The unit's squad, or the refusal.</summary>
    public async ValueTask<(string? Squad, IResult? Refusal)> OpenAsync(HttpContext context, string unit)
    {
        await directory.EnsureLoadedAsync(context.RequestAborted);
        // Another node may have enrolled it since this one started; then it is in the picture.
        if ((directory.Find(unit)?.Squad?.Id ?? city.Unit(unit)?.Squad) is not { } squad)
            return (null, directory.IsLoaded ? Problems.NotFound("There is no such unit.") : Problems.StoreAway(context));
        return Caller.PersonOf(context) is { Role: DeskRoles.Lead } lead && lead.Squad != squad
            ? (null, TypedResults.Problem(
                $"This unit is of another squad than {lead.Squad}, which this desk leads. Nothing was done.", statusCode: StatusCodes.Status403Forbidden))
            : (squad, null);
    }
}
