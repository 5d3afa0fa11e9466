using BelcoFunctions.Generator.Talk;
using Bogus;

namespace BelcoFunctions.Generator.People;

/// <summary>Someone who writes to the shop.</summary>
internal sealed record Customer(string Id, Language Language, string FirstName, string LastName, string Email, Address Address)
{
    private const float DutchShare = 0.75f;

    /// <summary>The customer of that number: always the same one for a seed.</summary>
    public static Customer Create(int seed, int number)
    {
        var random = Seeds.Randomizer(seed, "customer", number);
        var language = random.Bool(DutchShare) ? Language.Dutch : Language.English;
        var names = new Bogus.DataSets.Name(language is Language.Dutch ? "nl" : "en") { Random = random };
        var (first, last) = (names.FirstName(), names.LastName());
        var email = new Bogus.DataSets.Internet("nl") { Random = random }.Email(first, last, "mail.example").ToLowerInvariant();
        return new(random.BelcoId(), language, first, last, email, Address.Create(random));
    }
}

/// <summary>A Dutch address.</summary>
internal sealed record Address(string Street, string Postcode, string City)
{
    public static Address Create(Randomizer random)
    {
        var address = new Bogus.DataSets.Address("nl") { Random = random };
        return new(
            $"{address.StreetName()} {random.Int(1, 180)}",
            $"{random.Int(1000, 9999)} {random.String2(2, "ABCDEGHJKLMNPRSTVWXZ")}", address.City());
    }
}
