namespace Situational.Contracts.Http;

/// <summary>Body of <c>POST /api/v1/passes</c>: a person who is to get a desk.</summary>
/// <param name="Id">Id of the person, 1 to 64 characters; stands in the audit trail. Required.</param>
/// <param name="Name">What others see, 1 to 32 characters. Default: the id.</param>
/// <param name="Role"><c>officer</c>, <c>supervisor</c> or <c>lead</c> (patrol lead). Required.</param>
/// <param name="Squad">The squad that a lead leads, 1 to 64 characters; required for a lead, not allowed otherwise.</param>
/// <param name="Hours">How long the desk stays open after the link was used, 1 to 24. Default: 12.</param>
public sealed record PassRequest(string Id, string? Name, string Role, string? Squad = null, int? Hours = null);

/// <summary>Answer of <c>POST /api/v1/passes</c>, status 201.</summary>
/// <param name="Link">Path with a pass that opens the person's page once it is put after the server's address; whoever has it is that person.</param>
/// <param name="Ends">When the link ends.</param>
public sealed record PassAnswer(string Link, DateTimeOffset Ends);

/// <summary>Answer of <c>GET /api/v1/me</c>: who the server takes the caller for.</summary>
/// <param name="Id">Id of the person.</param>
/// <param name="Name">What others see.</param>
/// <param name="Role"><c>officer</c>, <c>supervisor</c> or <c>lead</c>.</param>
/// <param name="Squad">The squad of a lead.</param>
/// <param name="Ends">When the desk closes.</param>
public sealed record MeAnswer(string Id, string Name, string Role, string? Squad, DateTimeOffset? Ends);
