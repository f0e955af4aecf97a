namespace SdCompiler;

/// <summary>
/// One vector for each word from the vectors of its characters: a convolution over them, and the largest value that each filter has anywhere in the word
/// (dos Santos and Zadrozny 2014; Ma and Hovy 2016). An input of the model, whose batch property takes the characters of every word.
/// </summary>
public sealed class CharacterCnnAttribute : LayerAttribute
{
    /// <summary>A layer whose number of characters is a dimension of the model.</summary>
    /// <param name="characters">The name of a <see cref="DimensionAttribute"/> property.</param>
    /// <param name="width">The length of a character's vector.</param>
    public CharacterCnnAttribute(string characters, int width)
    {
        Characters = characters;
        Width = width;
    }

    /// <summary>A layer whose number of characters is a constant.</summary>
    /// <param name="characters">How many different characters there are.</param>
    /// <param name="width">The length of a character's vector.</param>
    public CharacterCnnAttribute(int characters, int width)
    {
        CharacterCount = characters;
        Width = width;
    }

    /// <summary>The name of the dimension that counts characters, or null.</summary>
    public string? Characters { get; }

    /// <summary>The constant number of characters, or 0.</summary>
    public int CharacterCount { get; }

    /// <summary>The length of a character's vector.</summary>
    public int Width { get; }

    /// <summary>Filters: the length of a word's vector.</summary>
    public int Filters { get; set; } = 30;

    /// <summary>Neighbouring characters that a filter sees, an odd number; what lies outside the word counts as zeros.</summary>
    public int Window { get; set; } = 3;

    /// <summary>The most characters of a word; arrays have as many places for each.</summary>
    public int MaximumLength { get; set; } = 20;

    /// <summary>Drop probability of the numbers of the characters' vectors: those of a word are masked alike.</summary>
    public double InputDropout { get; set; }

    /// <summary>The pattern of input dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern InputPattern { get; set; }
}
