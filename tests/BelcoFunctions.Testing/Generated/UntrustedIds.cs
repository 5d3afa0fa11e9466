using System.Text;
using CsCheck;

namespace BelcoFunctions.Testing.Generated;

/// <summary>Ids as an attacker, or a bug, might make them: any 1 to 128 characters but an unpaired surrogate.</summary>
internal static class UntrustedIds
{
    private const int FirstSurrogate = 0xD800;
    private const int Surrogates = 0x800;
    private const int LastCharacter = 0x10FFFF;

    private static readonly Gen<string> Plain = Gen.Char.AlphaNumeric.Array[17].Select(characters => new string(characters));

    // Characters with a meaning in a key, a URL, a log line or another id.
    private static readonly Gen<string> Awkward = Gen.OneOf(
        "/", "\\", "#", "?", "%", "_", "~", ".", "-", "~5F", "~h", "%2F", "'", "\"", " ", "\0", "\n", "\u001F",
        "\u007F", "\u0085", "\u200F", "\u202E", "\uFEFF", "\uFFFE", "\uFFFF", "\uFDD0", "é",
        "e\u0301", "İ", "ſ", "K", "😀", "A", "a");

    private static readonly Gen<string> AnyCharacter = Gen.Int[0, LastCharacter - Surrogates]
        .Select(value => new Rune(value < FirstSurrogate ? value : value + Surrogates).ToString());

    private static readonly Gen<string> Character = Gen.OneOf(Awkward, AnyCharacter);

    /// <summary>Any id.</summary>
    public static Gen<string> Any { get; } = Gen.OneOf(Plain, UpTo(Awkward, 3), UpTo(Character, 8), UpTo(Character, 128));

    /// <summary>Two ids that are mostly similar: they differ in case, in their escapes, or after a common
    /// beginning.</summary>
    public static Gen<(string, string)> Pairs { get; } = Any.SelectMany(id => Gen.OneOf(
        Any,
        Gen.Const(id.ToUpperInvariant().Truncate(128)),
        Gen.Const(TableKeys.Escape(id).Truncate(128)),
        Gen.Const(TableKeys.Unescape(TableKeys.Escape(id))),
        Gen.Const(id.Truncate(127) + "_"),
        Character.Select(more => (id + more).Truncate(128)),
        Gen.Int[1, 128].Select(length => id.Truncate(length)).Where(cut => cut.Length > 0)).Select(other => (id, other)));

    private static Gen<string> UpTo(Gen<string> character, int maxLength) =>
        character.Array[1, maxLength].Select(characters => string.Concat(characters).Truncate(128));
}
