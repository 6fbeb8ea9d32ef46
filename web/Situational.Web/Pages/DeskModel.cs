using System.Text.Json;
using Situational.Web.Texts;

namespace Situational.Web.Pages;

/// <summary>What the page of a desk is rendered from.</summary>
/// <param name="Texts">The words, in the visitor's language.</param>
/// <param name="Options">Settings shared with the wall: tiles, seconds of silence, time zone.</param>
/// <param name="Person">Who sits at the desk.</param>
/// <param name="Runtime">The runtime in use.</param>
/// <param name="Names">What the city calls the codes on the feed.</param>
/// <param name="Base">Path that relative addresses start from, with a slash at its end.</param>
/// <param name="OtherLanguage">Address of the same page in the other language.</param>
public sealed record DeskModel(TextSet Texts, WallOptions Options, DeskPerson Person, string Runtime, WallNames Names, string Base, string OtherLanguage)
{
    /// <summary>The person as the script reads them: <c>{"id":…,"name":…,"role":…,"squad":…}</c>.</summary>
    public string PersonJson => JsonSerializer.Serialize(Person, JsonSerializerOptions.Web);

    /// <summary>The names as the script reads them: <c>{"categories":[[code,name],…],"whistles":[…]}</c>.</summary>
    public string NamesJson => Names.ToJson();
}
