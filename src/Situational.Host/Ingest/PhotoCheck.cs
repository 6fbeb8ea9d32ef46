using Microsoft.AspNetCore.Http.HttpResults;
using Situational.Domain.Journal;
using Situational.Host.Api;

namespace Situational.Host.Ingest;

/// <summary>Says whether the photos that a report or a result names are there.</summary>
internal sealed class PhotoCheck(IPhotoStore photos)
{
    /// <summary>The refusal that names the first photo that is not there, or null. Addresses are stored, not fetched.</summary>
    /// <param name="named">Ids and addresses.</param>
    /// <param name="field">Path of the field that named them.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<ProblemHttpResult?> RefusalAsync(IReadOnlyList<string> named, string field, CancellationToken cancellationToken)
    {
        for (var i = 0; i < named.Count; i++)
            if (PhotoFields.IsId(named[i]) && !await photos.ContainsAsync(named[i], cancellationToken))
                return Problems.Field(
                    StatusCodes.Status422UnprocessableEntity, $"{field}[{i}]", "There is no photo of that id. POST /api/v1/photos first.");
        return null;
    }
}
