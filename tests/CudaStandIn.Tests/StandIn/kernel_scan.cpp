#include "kernel_scan.h"
#include <cctype>

namespace
{
// Blanks out comments and literals, so that what remains can be searched for words.
std::string without_comments(const std::string& source)
{
    std::string text = source;
    for (size_t i = 0; i < text.size();)
    {
        size_t end = i;
        if (text.compare(i, 2, "//") == 0)
        {
            end = text.find('\n', i);
        }
        else if (text.compare(i, 2, "/*") == 0)
        {
            end = text.find("*/", i + 2);
            end = end == std::string::npos ? end : end + 2;
        }
        else if (text[i] == '"' || text[i] == '\'')
        {
            for (end = i + 1; end < text.size() && text[end] != text[i]; end++)
            {
                end += text[end] == '\\';
            }

            end++;
        }

        if (end == i)
        {
            i++;
            continue;
        }

        for (end = end > text.size() ? text.size() : end; i < end; i++)
        {
            text[i] = text[i] == '\n' ? '\n' : ' ';
        }
    }

    return text;
}

class Scanner
{
public:
    explicit Scanner(const std::string& source) : text(source) {}

    size_t at = 0;

    void skip_blanks()
    {
        while (at < text.size() && isspace((unsigned char)text[at]))
        {
            at++;
        }
    }

    // The next word, or empty when something else comes.
    std::string word()
    {
        skip_blanks();
        size_t start = at;
        while (at < text.size() && (isalnum((unsigned char)text[at]) || text[at] == '_'))
        {
            at++;
        }

        return text.substr(start, at - start);
    }

    bool is(char c)
    {
        skip_blanks();
        return at < text.size() && text[at] == c;
    }

    // The first of the arguments in parentheses that follow; goes past the last.
    std::string first_argument()
    {
        std::string first;
        if (!is('('))
        {
            return first;
        }

        int depth = 0;
        bool open = true;
        for (; at < text.size(); at++)
        {
            depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            if (depth == 0)
            {
                at++;
                break;
            }

            open &= !(text[at] == ',' && depth == 1);
            if (open)
            {
                first += text[at];
            }
        }

        return first.substr(1);
    }

private:
    const std::string& text;
};
}

std::vector<KernelDeclaration> find_kernels(const std::string& source)
{
    std::vector<KernelDeclaration> kernels;
    std::string text = without_comments(source);
    const std::string mark = "__global__";
    for (size_t start = text.find(mark); start != std::string::npos; start = text.find(mark, start + 1))
    {
        Scanner scanner(text);
        scanner.at = start + mark.size();
        KernelDeclaration kernel;
        kernel.at = start;
        for (std::string word = scanner.word(); !word.empty(); word = scanner.word())
        {
            if (word == "__launch_bounds__")
            {
                kernel.bound = scanner.first_argument();
            }
            else if (scanner.is('('))
            {
                kernel.name = word;
                break;
            }
        }

        bool known = kernel.name.empty();
        for (const KernelDeclaration& other : kernels)
        {
            known |= other.name == kernel.name;
        }

        if (!known)
        {
            kernels.push_back(kernel);
        }
    }

    return kernels;
}
